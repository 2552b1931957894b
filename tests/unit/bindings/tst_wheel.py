"""`axle.Wheel` under a stock python."""
import base64
import gc
import hashlib
import importlib
import importlib.util
import os
import pathlib
import pickle
import stat
import sys
import tempfile
import threading
import unittest
import warnings
import zipfile

import axle

NAME = "sample-1.0-py3-none-any.whl"


def build(folder, files, name="sample", version="1.0", tag="py3-none-any", change=None, metadata="", entry_points=""):
    """Writes a wheel; `change(files)` spoils it after RECORD was made. Its path."""
    info = f"{name}-{version}.dist-info"
    files = {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()}
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}".encode()
    tags = "".join(f"Tag: {p}-{a}-{o}\n" for p, a, o in [tag.split("-")])
    files[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\n{tags}".encode()
    if entry_points:
        files[f"{info}/entry_points.txt"] = entry_points.encode()
    record = ""
    for path, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(data)}\n"
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    if change:
        change(files)
    path = os.path.join(folder, f"{name}-{version}-{tag}.whl")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in files.items():
            archive.writestr(zipfile.ZipInfo(member), data)
    return path


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        before = os.environ.get("AXLE_STORE", "")
        self.addCleanup(os.environ.__setitem__, "AXLE_STORE", before)
        self.store = os.path.join(self.folder, "store")
        os.environ["AXLE_STORE"] = self.store

    def wheel(self, files=None, **options):
        wheel = axle.Wheel(build(self.folder, files or {"sample.py": "VALUE = 1"}, **options))
        self.addCleanup(wheel.unmount)
        return wheel

    def refused(self, code, reason, function, *arguments):
        with self.assertRaises(axle.WheelError) as caught:
            function(*arguments)
        self.assertEqual((code, reason), (caught.exception.code, caught.exception.reason))
        return caught.exception


class Names(Case):
    def test_fields(self):
        wheel = axle.Wheel("some/where/My_Project.x-1.0-3b-py2.py3-none-manylinux1_x86_64.manylinux_2_17_x86_64.whl")
        self.assertEqual(("My_Project.x", "1.0", "3b"), (wheel.name, wheel.version, wheel.buildver))
        self.assertEqual((["py2", "py3"], ["none"]), (wheel.pyver, wheel.abi))
        self.assertEqual(["manylinux1_x86_64", "manylinux_2_17_x86_64"], wheel.arch)
        self.assertEqual({(p, "none", a) for p in wheel.pyver for a in wheel.arch}, wheel.tags)
        self.assertEqual(("some/where", wheel.filename), (wheel.dirname, wheel.filename))

    def test_no_build_tag_no_folder(self):
        wheel = axle.Wheel(NAME)
        self.assertEqual(("", "", NAME), (wheel.buildver, wheel.dirname, wheel.filename))

    def test_path_types(self):
        self.assertEqual(axle.Wheel(pathlib.Path("/x") / NAME).filename, NAME)
        for wrong in (None, 5, b"x.whl"):
            with self.assertRaises((TypeError, RuntimeError)):
                axle.Wheel(wrong)

    def test_no_wheel_name(self):
        for name in ("", "sample.zip", "sample-1.0.whl", "sample-1.0-py3-none.whl"):
            error = self.refused("wheel-filename", "filename", axle.Wheel, name)
            self.assertTrue(str(error))

    def test_compatible(self):
        tag = f"cp{sys.version_info[0]}{sys.version_info[1]}"
        self.assertIs(axle.Wheel(NAME).is_compatible(), True)
        self.assertIs(axle.Wheel(f"sample-1.0-{tag}-{tag}-linux_x86_64.whl").is_compatible(), True)
        self.assertIs(axle.Wheel("sample-1.0-cp27-cp27m-win32.whl").is_compatible(), False)

    def test_repr(self):
        wheel = self.wheel()
        self.assertEqual(f"<axle.Wheel '{self.folder}/{NAME}'>", repr(wheel))
        wheel.mount()
        self.assertEqual(f"<axle.Wheel '{self.folder}/{NAME}', mounted>", repr(wheel))


class Contents(Case):
    def test_metadata(self):
        metadata = self.wheel(metadata="Summary: short\nRequires-Python: >=3.8\nRequires-Dist: other >=1\n"
                                       "Requires-Dist: more\nProvides-Extra: x\n").metadata
        self.assertEqual(("sample", "1.0", "short"), (metadata.name, metadata.version, metadata.summary))
        self.assertEqual(">=3.8", metadata.requires_python)
        self.assertEqual(["other>=1", "more"], metadata.requires_dist)
        self.assertEqual(["x"], metadata.provides_extra)
        self.assertIn(("Requires-Dist", "more"), metadata.headers)

    def test_licenses(self):
        metadata = self.wheel(metadata="License-Expression: MIT\nLicense-File: LICENSE\nLicense-File: a/NOTICE\n").metadata
        self.assertEqual(("MIT", ["LICENSE", "a/NOTICE"]), (metadata.license, metadata.license_files))

    def test_info(self):
        self.assertEqual({"Wheel-Version": "1.0", "Generator": "test", "Root-Is-Purelib": "true",
                          "Tag": "py3-none-any"}, self.wheel().info)

    def test_record(self):
        record = self.wheel().record
        digest = base64.urlsafe_b64encode(hashlib.sha256(b"VALUE = 1").digest()).rstrip(b"=").decode()
        self.assertIn(("sample.py", f"sha256={digest}", 9), record)
        self.assertIn(("sample-1.0.dist-info/RECORD", None, None), record)

    def test_entry_points(self):
        points = self.wheel(entry_points="[a.b]\nx = sample:f\ny = sample\n[c]\nz = sample:C.m [extra]\n").entry_points
        self.assertEqual({"a.b": {"x": "sample:f", "y": "sample"}, "c": {"z": "sample:C.m [extra]"}}, points)

    def test_extensions(self):
        self.assertEqual({}, self.wheel().extensions)
        files = {"sample/__init__.py": "", "sample/_fast.so": "", "two-1.0.dist-info/EXTENSIONS": '{"sample._fast": "sample/_fast.so"}'}
        self.assertEqual({"sample._fast": "sample/_fast.so"}, self.wheel(files, name="two").extensions)

    def test_leaves_no_file_open(self):
        wheel = self.wheel()
        wheel.metadata, wheel.verify()
        links = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd")]
        paths = [os.readlink(link) for link in links if os.path.islink(link)]
        self.assertFalse([path for path in paths if path.startswith(self.folder)])

    def test_mountable(self):
        self.assertIs(self.wheel().is_mountable(), True)
        self.assertIs(axle.Wheel(os.path.join(self.folder, "absent-1.0-py3-none-any.whl")).is_mountable(), False)
        self.assertIs(axle.Wheel("sample-1.0-cp27-cp27m-win32.whl").is_mountable(), False)


class Verification(Case):
    def test_good(self):
        self.assertEqual([], self.wheel().verify())

    def test_warnings_are_returned(self):
        wheel = self.wheel({"sample.py": "", "sample.pth": "import sample", "json.py": ""})
        shadow, startup = wheel.verify()
        self.assertEqual(("policy", "wheel-shadows-stdlib", "policy"), (shadow.severity, shadow.code, shadow.reason))
        self.assertEqual(("warning", "wheel-startup-file", "sample.pth"), (startup.severity, startup.code, startup.member))
        self.assertEqual("a file that Python would run when it starts", startup.found)
        self.assertEqual("modules only", startup.expected)
        self.assertIsNone(startup.offset)
        self.assertTrue(startup.hint)
        self.assertIn("sample.pth", str(startup))
        self.assertTrue(repr(startup).startswith("<axle.Finding warning wheel-startup-file: 'sample.pth'"))
        self.assertIs(type(startup), axle.Finding)

    def test_a_fatal_one_is_raised_with_all_others(self):
        def spoil(files):
            files["sample.py"] = b"VALUE = 2"
            files["evil.py"] = b""

        wheel = self.wheel({"sample.py": "VALUE = 1", "sample.pth": ""}, change=spoil)
        error = self.refused("record-unlisted", "record", wheel.verify)
        self.assertEqual(["wheel-startup-file", "record-unlisted", "record-hash-mismatch"],
                         [finding.code for finding in error.findings])
        self.assertEqual([], self.refused("record-unlisted", "record", wheel.mount).findings)

    def test_archives_have_offsets(self):
        path = build(self.folder, {"sample.py": ""})
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("../evil.py", "")
        finding, = self.refused("zip-name-traversal", "unsafe-path", axle.Wheel(path).verify).findings
        self.assertEqual("../evil.py", finding.member)
        self.assertGreater(finding.offset, 0)

    def test_a_later_format_opens_but_is_not_mounted(self):
        def later(files):
            info = "sample-1.0.dist-info/WHEEL"
            files[info] = files[info].replace(b"Wheel-Version: 1.0", b"Wheel-Version: 2.0")

        wheel = self.wheel(change=later)
        self.assertEqual("2.0", wheel.info["Wheel-Version"])
        self.assertEqual("sample", wheel.metadata.name)
        self.refused("wheel-format-version", "wheel-metadata", wheel.verify)
        self.refused("wheel-format-version", "wheel-metadata", wheel.mount)


class Errors(Case):
    def test_record_mismatch(self):
        wheel = self.wheel(change=lambda files: files.update({"sample.py": b"VALUE = 2"}))
        for function in (wheel.verify, wheel.mount):
            error = self.refused("record-hash-mismatch", "record", function)
            self.assertIn("sample.py", str(error))
        self.assertIsNone(importlib.util.find_spec("sample"))

    def test_absent_file(self):
        wheel = axle.Wheel(os.path.join(self.folder, "absent-1.0-py3-none-any.whl"))
        for function in (wheel.verify, wheel.mount, lambda: wheel.metadata, lambda: wheel.info):
            self.refused("file-not-found", "not-a-file", function)

    def test_not_a_zip(self):
        path = os.path.join(self.folder, NAME)
        pathlib.Path(path).write_bytes(b"x" * 1000)
        with self.assertRaises(axle.WheelError) as caught:
            axle.Wheel(path).verify()
        self.assertEqual("not-a-zip", caught.exception.reason)

    def test_incompatible(self):
        # Nothing is opened for that: there is no such file.
        wheel = axle.Wheel("/absent/sample-1.0-cp27-cp27m-win32.whl")
        error = self.refused("wheel-incompatible", "incompatible", wheel.mount)
        self.assertIn("cp27", str(error))

    def test_unusable_store(self):
        os.mkdir(self.store)
        os.chmod(self.store, 0o777)
        error = self.refused("store-unusable", "unsupported", self.wheel().mount)
        self.assertIn("chmod go-w", error.hint)

    def test_is_an_exception_of_axle(self):
        self.assertTrue(issubclass(axle.WheelError, Exception))
        self.assertEqual("axle.WheelError", f"{axle.WheelError.__module__}.{axle.WheelError.__qualname__}")
        self.assertEqual(("", "", ""), (axle.WheelError.code, axle.WheelError.reason, axle.WheelError.hint))

    def test_pickles(self):
        error = self.refused("wheel-filename", "filename", axle.Wheel, "x")
        copy = pickle.loads(pickle.dumps(error))
        self.assertEqual((error.args, error.code, error.reason), (copy.args, copy.code, copy.reason))


class Mounting(Case):
    def test_mount_and_unmount(self):
        wheel = self.wheel()
        before = list(sys.path), list(sys.meta_path), list(sys.path_hooks)
        self.assertIs(wheel.is_mounted, False)
        wheel.mount()
        wheel.mount()
        self.assertIs(wheel.is_mounted, True)
        self.assertEqual(1, importlib.import_module("sample").VALUE)
        wheel.unmount()
        self.assertIs(wheel.is_mounted, False)
        self.assertNotIn("sample", sys.modules)
        self.assertIsNone(importlib.util.find_spec("sample"))
        wheel.unmount()
        self.assertEqual(before, (list(sys.path), list(sys.meta_path), list(sys.path_hooks)))

    def test_mounted_whatever_becomes_of_the_object(self):
        path = build(self.folder, {"sample.py": "VALUE = 1"})
        axle.Wheel(path).mount()
        gc.collect()
        self.assertEqual(1, importlib.import_module("sample").VALUE)
        axle.Wheel(path).unmount()
        self.assertIsNone(importlib.util.find_spec("sample"))

    def test_relative_path_stands_for_where_it_was(self):
        build(self.folder, {"sample.py": "VALUE = 1"})
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.chdir(self.folder)
        wheel = axle.Wheel(NAME)
        self.addCleanup(wheel.unmount)
        os.chdir("/")
        wheel.mount()
        self.assertEqual(os.path.join(self.folder, NAME, "sample.py"), importlib.import_module("sample").__file__)

    def test_order(self):
        for value, name, append in ((1, "one", False), (2, "two", False), (3, "three", True)):
            self.wheel({"sample.py": f"VALUE = {value}"}, name=name).mount(append=append)
        self.assertEqual(2, importlib.import_module("sample").VALUE)

    def test_symbolic_link_is_followed(self):
        path = build(self.folder, {"sample.py": "VALUE = 1"})
        os.rename(path, path + ".bytes")
        os.symlink(path + ".bytes", path)
        wheel = axle.Wheel(path)
        self.addCleanup(wheel.unmount)
        wheel.verify()
        wheel.mount()
        self.assertEqual(1, importlib.import_module("sample").VALUE)

    def test_deleted_and_rewritten_while_mounted(self):
        wheel = self.wheel({"sample/__init__.py": "", "sample/a.py": "VALUE = 1", "sample/b.py": "VALUE = 2"})
        wheel.mount()
        importlib.import_module("sample.a")
        path = os.path.join(self.folder, NAME)
        with open(path, "r+b") as file:
            file.truncate(10)
        self.assertEqual(2, importlib.import_module("sample.b").VALUE)
        os.remove(path)
        self.assertEqual("sample", wheel.metadata.name)

    def test_opens_files_beside_itself(self):
        wheel = self.wheel({"sample/__init__.py": "import os\nTEXT = open(os.path.dirname(__file__) + '/t.txt').read()",
                            "sample/t.txt": "beside"})
        wheel.mount()
        sample = importlib.import_module("sample")
        self.assertEqual("beside", sample.TEXT)
        self.assertTrue(sample.__file__.startswith(self.store))
        self.assertEqual(0o400, stat.S_IMODE(os.stat(sample.__file__).st_mode))

    def test_nothing_beside_the_wheel(self):
        folder = os.path.join(self.folder, "plugins")
        os.mkdir(folder)
        wheel = axle.Wheel(build(folder, {"sample.py": "open(__file__)", "t.txt": "x"}))
        self.addCleanup(wheel.unmount)
        wheel.mount()
        importlib.import_module("sample")
        self.assertEqual([NAME], os.listdir(folder))

    def test_threads(self):
        path = build(self.folder, {f"sample{i}.py": "" for i in range(200)})
        failures = []

        def mount():
            try:
                axle.Wheel(path).mount()
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=mount) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], failures)
        axle.Wheel(path).unmount()
        self.assertIsNone(importlib.util.find_spec("sample1"))

    def test_other_threads_run_meanwhile(self):
        path = build(self.folder, {f"sample{i}.bin": os.urandom(500_000) for i in range(20)})
        ticks, ends = [], threading.Event()

        def tick():
            while not ends.wait(0.001):
                ticks.append(1)

        thread = threading.Thread(target=tick)
        thread.start()
        axle.Wheel(path).verify()
        during = len(ticks)
        ends.set()
        thread.join()
        self.assertGreater(during, 2)


if __name__ == "__main__":
    warnings.simplefilter("error")
    unittest.main(verbosity=0)
