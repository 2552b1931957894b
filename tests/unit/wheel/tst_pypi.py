"""What the writer writes, PyPI takes, CPython's zipfile finds whole, and pip installs.

usage: tst_pypi.py SAMPLEWHEELS [unittest arguments]
"""
import csv
import io
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile
from collections.abc import Iterable

import pypirules

SAMPLEWHEELS = pathlib.Path(sys.argv.pop(1)).resolve()
DIST_INFO = "demo-1.0.dist-info/"
GOOD = {"a.py": b"A = 1\n", "b.py": b"B = 1\n", DIST_INFO + "METADATA": b"Name: demo\n",
        DIST_INFO + "RECORD": b""}


def run(*command: object) -> str:
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, "PIP_CONFIG_FILE": os.devnull, "PIP_ROOT_USER_ACTION": "ignore"}, timeout=120)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def archive(members: dict[str, bytes] = GOOD, listed: Iterable[str] = (), method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A wheel as CPython writes it; RECORD names what is `listed`."""
    rows = io.StringIO()
    csv.writer(rows).writerows([name, "", ""] for name in (listed or members))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in members.items():
            contents = rows.getvalue().encode() if name.endswith("/RECORD") else data
            file.writestr(zipfile.ZipInfo(name), contents, method)
    return buffer.getvalue()


class Patched:
    """An archive whose fields can be changed in place."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)

    @property
    def end(self) -> int:
        return self.data.rindex(b"PK\5\6")

    def put(self, layout: str, at: int, *values: int) -> "Patched":
        struct.pack_into(layout, self.data, at, *values)
        return self

    def add(self, layout: str, at: int, difference: int) -> "Patched":
        return self.put(layout, at, struct.unpack_from(layout, self.data, at)[0] + difference)

    def central(self, name: bytes) -> int:
        return self.data.rindex(b"PK\1\2", 0, self.data.rindex(name))

    def local(self, name: bytes) -> int:
        return struct.unpack_from("<I", self.data, self.central(name) + 42)[0]

    def insert(self, at: int, data: bytes) -> "Patched":
        """Bytes between members; offsets follow."""
        for name in map(str.encode, GOOD):
            if self.local(name) >= at:
                self.add("<I", self.central(name) + 42, len(data))
        self.add("<I", self.end + 16, len(data))
        self.data[at:at] = data
        return self

    def with_extra(self, extra: bytes, length_at: int = 30) -> "Patched":
        """Bytes behind the name in the central header of a.py: an extra field, or (32) a comment."""
        header = self.central(b"a.py")
        self.add("<H", header + length_at, len(extra)).add("<I", self.end + 12, len(extra))
        self.data[header + 50:header + 50] = extra
        return self

    def with_zip64(self, length: int) -> "Patched":
        count, size, offset = struct.unpack_from("<HII", self.data, self.end + 10)
        record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", length, 45, 45, 0, 0, count, count, size, offset)
        locator = struct.pack("<4sIQI", b"PK\6\7", 0, self.end, 1)
        self.data[self.end:self.end] = record + locator
        return self


def with_two_ends(good: Patched) -> Patched:
    second = bytes(good.data[good.end:])
    good.put("<H", good.end + 20, len(second))
    good.data += second
    return good


def renamed(good: Patched, name: bytes) -> Patched:
    good.data = good.data.replace(b"b.py", name)
    return good


# The rule, and what breaks it and nothing that is looked at before.
DEFECTS = {
    "trailing-data": lambda good: Patched(bytes(good.data) + b"\0"),
    "several-ends": with_two_ends,
    "prefix-data": lambda good: good.insert(0, b"x"),
    "entry-count": lambda good: good.add("<H", good.end + 8, -1).add("<H", good.end + 10, -1),
    "directory-bounds": lambda good: good.add("<I", good.end + 12, 1),
    "zip64-locator": lambda good: good.put("<H", good.end + 10, 0xFFFF),
    "zip64-record": lambda good: good.with_zip64(45),
    "gap": lambda good: good.insert(good.local(b"b.py"), b"x"),
    "local-name": lambda good: good.put("B", good.local(b"b.py") + 30, ord("c")),
    "local-sizes": lambda good: good.add("<H", good.local(b"b.py") + 14, 1),
    "descriptor": lambda good: good.put("<H", good.local(b"b.py") + 6, 8),
    "method": lambda good: good.put("<H", good.central(b"b.py") + 10, zipfile.ZIP_BZIP2),
    "comment": lambda good: good.with_extra(b"c", 32),
    "extra": lambda good: good.with_extra(b"\1\0\1"),
    "extra-twice": lambda good: good.with_extra(b"\1\0\0\0" * 2),
    "zip64-extra": lambda good: good.with_extra(b"\1\0\x08\0" + bytes(8)),
    "unicode-path": lambda good: good.with_extra(b"\x75\x70\x09\0\1" + bytes(4) + b"c.py"),
    "control": lambda good: renamed(good, b"b\np."),
    "duplicate": lambda good: renamed(good, b"a.py"),
    "bomb": lambda _: Patched(archive({**GOOD, "zeros": bytes(65 << 20)})),
    "polyglot": lambda _: Patched(archive({"tar": bytes(257 - 33) + b"ustar", **GOOD}, method=zipfile.ZIP_STORED)),
    "record": lambda _: Patched(archive({**GOOD, "c.py": b""}, listed=GOOD)),
    "entry-points": lambda _: Patched(archive({**GOOD, DIST_INFO + "entry_points.txt": b"[g]\n../a = b:c\n"})),
}


class Rules(unittest.TestCase):
    """The judge itself: a rule that refuses nothing is none."""

    def judge(self, data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            wheel = pathlib.Path(folder, "demo-1.0-py3-none-any.whl")
            wheel.write_bytes(data)
            pypirules.judge(wheel)

    def test_good_archives_pass(self):
        self.judge(archive())
        self.judge(bytes(Patched(archive()).with_zip64(44).data))

    def test_every_rule_refuses(self):
        self.assertEqual(set(pypirules.RULES), {*DEFECTS, "size", "local-version", "platform"})
        for rule, plant in DEFECTS.items():
            with self.subTest(rule), self.assertRaises(pypirules.Refused) as refused:
                self.judge(bytes(plant(Patched(archive())).data))
            self.assertEqual(refused.exception.rule, rule, refused.exception)

    def test_names(self):
        for rule, name in {"local-version": "demo-1.0+a-py3-none-any.whl",
                           "platform": "demo-1.0-py3-none-linux_x86_64.whl"}.items():
            with self.subTest(rule), self.assertRaises(pypirules.Refused) as refused:
                pypirules.judge_name(name)
            self.assertEqual(refused.exception.rule, rule)

    def test_large_files(self):
        with tempfile.NamedTemporaryFile(suffix="-1.0-py3-none-any.whl") as file:
            file.truncate((100 << 20) + 1)
            with self.assertRaises(pypirules.Refused) as refused:
                pypirules.judge(pathlib.Path(file.name))
        self.assertEqual(refused.exception.rule, "size")


class Written(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        run(SAMPLEWHEELS, cls.folder)
        cls.wheels = sorted(cls.folder.glob("*.whl"))

    def test_there_are_some(self):
        self.assertEqual([wheel.name for wheel in self.wheels],
                         ["native-2!1.0-7-py3-none-manylinux_2_17_x86_64.whl",
                          "sample_plugin-1.0rc1-py2.py3-none-any.whl"])

    def test_pypi_takes_them(self):
        for wheel in self.wheels:
            pypirules.judge(wheel)

    def test_zipfile_finds_them_whole(self):
        for wheel in self.wheels:
            self.assertIn("Done testing", run(sys.executable, "-m", "zipfile", "-t", wheel))

    def test_pip_installs_them(self):
        target = self.folder / "installed"
        run(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--no-compile", "--quiet",
            "--disable-pip-version-check", "--target", target, *self.wheels)
        self.assertEqual((target / "sample_plugin/a, \"b\" é.txt").read_bytes(), b"quoted in RECORD\n")
        self.assertTrue(os.access(target / "sample_plugin/run.sh", os.X_OK))
        self.assertFalse(os.access(target / "sample_plugin/__init__.py", os.X_OK))
        self.assertEqual(run(sys.executable, "-c", f"import sys; sys.path.insert(0, {str(target)!r}); import native, "
                             "native_pure, native_platform, sample_plugin; "
                             "print(native.VALUE, native_pure.VALUE, native_platform.VALUE, sample_plugin.VALUE)"),
                         "native pure platform sample\n")
        self.assertEqual((target / "share/native/readme").read_text(), "read me\n")
        self.assertTrue((target / "bin/native-tool").read_text().startswith(f"#!{sys.executable}\n"))
        self.assertTrue((target / "sample_plugin-1.0rc1.dist-info/licenses/vendor/LICENSE.txt").exists())


if __name__ == "__main__":
    unittest.main()
