"""`axle.Wheel` of an unpacked wheel: a folder with the name of a wheel."""
import base64
import hashlib
import importlib
import importlib.metadata
import os
import pathlib
import sys
import tempfile
import unittest

import axle

INFO = "sample-1.0.dist-info"
FILES = {
    "sample/__init__.py": b"from .part import VALUE\n",
    "sample/part.py": b"VALUE = 5\n",
    f"{INFO}/METADATA": b"Metadata-Version: 2.1\nName: sample\nVersion: 1.0\n",
    f"{INFO}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}


def unpacked(folder: str) -> pathlib.Path:
    """Writes the files and their RECORD to a folder below `folder`; its path."""
    root = pathlib.Path(folder, "sample-1.0-py3-none-any.whl")
    record = ""
    for name, data in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    (root / INFO / "RECORD").write_text(f"{record}{INFO}/RECORD,,\n")
    return root


class Unpacked(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.environ.__setitem__, "AXLE_STORE", os.environ.get("AXLE_STORE", ""))
        os.environ["AXLE_STORE"] = os.path.join(folder.name, "store")
        self.path = unpacked(folder.name)

    def test_it_mounts_like_a_zipped_one(self) -> None:
        wheel = axle.Wheel(str(self.path))
        wheel.mount()
        self.addCleanup(wheel.unmount)
        self.assertEqual(importlib.import_module("sample").VALUE, 5)
        self.assertEqual(importlib.metadata.version("sample"), "1.0")
        self.assertTrue(sys.modules["sample.part"].__file__.endswith(".whl/sample/part.py"))
        wheel.unmount()
        self.assertNotIn("sample", sys.modules)

    def test_what_runs_is_what_was_verified(self) -> None:
        wheel = axle.Wheel(str(self.path))
        wheel.mount()
        self.addCleanup(wheel.unmount)
        (self.path / "sample/part.py").write_text("VALUE = 6\n")
        self.assertEqual(importlib.import_module("sample").VALUE, 5)

    def test_a_changed_file_is_refused(self) -> None:
        (self.path / "sample/part.py").write_text("VALUE = 6\n")
        with self.assertRaises(axle.WheelError) as caught:
            axle.Wheel(str(self.path)).mount()
        self.assertIn("sample/part.py", str(caught.exception))

    def test_nothing_is_written_to_the_folder(self) -> None:
        before = sorted(self.path.rglob("*"))
        wheel = axle.Wheel(str(self.path))
        wheel.mount()
        importlib.import_module("sample")
        wheel.unmount()
        self.assertEqual(sorted(self.path.rglob("*")), before)


if __name__ == "__main__":
    unittest.main()
