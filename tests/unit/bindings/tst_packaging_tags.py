"""axle.packaging itself, axle.packaging.tags and axle.packaging.utils under a stock python."""
import collections.abc
import itertools
import os
import pathlib
import pickle
import subprocess
import sys
import tempfile
import unittest

from axle.packaging import tags, utils
from axle.packaging.tags import (InvalidTag, Tag, TooManyTagsError, UnsortedTagsError, android_platforms,
                                 compatible_tags, cpython_tags, create_compatible_tags_selector, generic_tags,
                                 interpreter_name, interpreter_version, ios_platforms, mac_platforms, parse_tag,
                                 platform_tags, pure_python_tags, sys_tags)
from axle.packaging.utils import (InvalidName, InvalidSdistFilename, InvalidWheelFilename, canonicalize_name,
                                  canonicalize_version, is_normalized_name, parse_sdist_filename,
                                  parse_wheel_filename)
from axle.packaging.version import Version

PACKAGE = pathlib.Path(__file__).resolve().parents[3] / "plugin-sdk/python/axle"


def texts(found):
    return [str(tag) for tag in found]


class Tags(unittest.TestCase):
    def test_parts(self):
        found = Tag("CP311", "ABI3", "Linux_X86_64")
        self.assertEqual(("cp311", "abi3", "linux_x86_64"), (found.interpreter, found.abi, found.platform))
        self.assertEqual("cp311-abi3-linux_x86_64", str(found))
        self.assertEqual(f"<cp311-abi3-linux_x86_64 @ {id(found)}>", repr(found))
        for wrong in ((), ("a", "b"), ("a", "b", 1), ("a", "b", "c", "d")):
            with self.assertRaises(TypeError):
                Tag(*wrong)

    def test_equality(self):
        self.assertEqual(Tag("py3", "none", "any"), Tag("PY3", "None", platform="ANY"))
        self.assertEqual(hash(Tag("py3", "none", "any")), hash(Tag("PY3", "None", "ANY")))
        self.assertEqual(4, len({Tag(*parts) for parts in itertools.product(("a", "b"), ("a", "b"), "a")}))
        self.assertIs(NotImplemented, Tag("a", "b", "c").__eq__("a-b-c"))
        with self.assertRaises(AttributeError):
            Tag("a", "b", "c").abi = "x"

    def test_pickles(self):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            self.assertEqual(Tag("a", "b", "c"), pickle.loads(pickle.dumps(Tag("a", "b", "c"), protocol)))

    def test_parse(self):
        self.assertEqual({Tag(i, "none", p) for i in ("py2", "py3") for p in ("x", "y")}, parse_tag("py2.py3-none-x.y"))
        for wrong in ("", "py3", "py3-none", "py3-none-any-x", "py3..py2-none-any", "3-none-any", "py3-none-"):
            with self.subTest(wrong), self.assertRaises(InvalidTag):
                parse_tag(wrong)
        with self.assertRaises(UnsortedTagsError):
            parse_tag("py3.py2-none-any", validate_order=True)
        self.assertEqual(2, len(parse_tag("py2.py3-none-any", validate_order=True, limit=2)))
        with self.assertRaises(TooManyTagsError):
            parse_tag("py2.py3-none-any", limit=1)
        with self.assertRaises(ValueError):
            parse_tag("py3-none-any", limit=-1)

    def test_cpython(self):
        self.assertEqual(["cp33-cp33m-x", "cp33-abi3-x", "cp33-none-x", "cp32-abi3-x"],
                         texts(cpython_tags((3, 3), ["cp33m", "abi3", "none"], ["x"])))
        self.assertEqual(["cp313-cp313t-x", "cp313-none-x"], texts(cpython_tags((3, 13), ["cp313t"], ["x"])))
        self.assertEqual(["cp3-none-x"], texts(cpython_tags((3,), platforms=["x"])))
        self.assertIsInstance(cpython_tags(), collections.abc.Iterator)

    def test_generic(self):
        self.assertEqual(["pp3-a-x", "pp3-a-y", "pp3-none-x", "pp3-none-y"],
                         texts(generic_tags("pp3", ["a"], ["x", "y"])))
        soabi = f"cp{sys.version_info[0]}{sys.version_info[1]}"
        self.assertEqual([f"{soabi}-{soabi}-x", f"{soabi}-none-x"], texts(generic_tags(platforms=["x"])))

    def test_compatible(self):
        self.assertEqual(["py31-none-x", "py3-none-x", "py30-none-x", "cp31-none-any", "py31-none-any", "py3-none-any",
                          "py30-none-any"], texts(compatible_tags((3, 1), "cp31", ["x"])))
        self.assertEqual(["py3-none-any"], texts(pure_python_tags((3,))))
        with self.assertRaises(ValueError):
            list(pure_python_tags(()))

    def test_platforms(self):
        self.assertEqual(["macosx_11_0_arm64", "macosx_11_0_universal2", "macosx_10_16_universal2"],
                         list(mac_platforms((11, 0), "arm64"))[:3])
        self.assertEqual("macosx_10_4_universal2", list(mac_platforms((11, 0), "arm64"))[-1])
        self.assertEqual(["macosx_10_4_x86_64", "macosx_10_4_intel", "macosx_10_4_fat64", "macosx_10_4_fat3",
                          "macosx_10_4_universal2", "macosx_10_4_universal"], list(mac_platforms((10, 4), "x86_64")))
        self.assertEqual("macosx_10_6_ppc", next(mac_platforms((10, 7), "ppc")))
        self.assertEqual(["ios_13_1_arm64_x", "ios_13_0_arm64_x", "ios_12_9_arm64_x"],
                         list(ios_platforms((13, 1), "arm64-x"))[:3])
        self.assertEqual([], list(ios_platforms((11, 4), "arm64-x")))
        self.assertEqual(["android_17_arm64_v8a", "android_16_arm64_v8a"], list(android_platforms(17, "arm64-v8a")))
        with self.assertRaises(TypeError):
            list(android_platforms())

    def test_this_python(self):
        found = list(sys_tags())
        version = interpreter_version()
        self.assertEqual(("cp", "{0[0]}{0[1]}".format(sys.version_info)), (interpreter_name(), version))
        self.assertEqual(f"cp{version}-cp{version}-{next(platform_tags())}", str(found[0]))
        self.assertEqual(Tag("py30", "none", "any"), found[-1])
        self.assertIn(Tag(f"cp{version}", "none", "any"), found)

    def test_selector(self):
        select = create_compatible_tags_selector([Tag("a", "a", "a"), Tag("b", "b", "b"), Tag("a", "a", "a")])
        things = [("none", parse_tag("c-c-c")), ("second", parse_tag("b-b-b")), ("first", parse_tag("a.b-a.b-a.b")),
                  ("also second", parse_tag("b-b-b"))]
        self.assertEqual(["first", "second", "also second"], list(select(things)))


class Names(unittest.TestCase):
    def test_canonicalize(self):
        for name, normal in (("A.b_C--d", "a-b-c-d"), ("_x_", "-x-"), ("B\u00c1R", "b\u00e1r"), ("", ""),
                             ("a b", "a b")):
            self.assertEqual(normal, canonicalize_name(name))
        self.assertEqual("a-b", canonicalize_name("A_b", validate=True))
        for wrong in ("", "_a", "a-", "a b", "\u00e1", "a\n"):
            with self.subTest(wrong), self.assertRaises(InvalidName):
                canonicalize_name(wrong, validate=True)
        with self.assertRaises(TypeError):
            canonicalize_name(1)
        with self.assertRaises(TypeError):
            canonicalize_name("a", True)

    def test_is_normalized(self):
        self.assertEqual([True, False, False, False, False],
                         [is_normalized_name(name) for name in ("a-b1", "A", "a_b", "a--b", "-a")])

    def test_versions(self):
        for text, normal in (("1.0.0", "1"), ("v1.0-RC1", "1rc1"), ("0.0", "0"), ("1!1.0+A", "1!1+a"), ("x.0", "x.0")):
            self.assertEqual(normal, canonicalize_version(text))
        self.assertEqual("1.0", canonicalize_version(Version("1.0"), strip_trailing_zero=False))
        with self.assertRaises(TypeError):
            canonicalize_version(1)

    def test_wheel(self):
        self.assertEqual(("a-b", Version("1.0"), (), {Tag("py3", "none", "any")}),
                         parse_wheel_filename("A_b-1.0-py3-none-any.whl"))
        self.assertEqual((2, "x"), parse_wheel_filename("a-1-2x-py3-none-any.whl")[2])
        parse_wheel_filename("a-1-py3.py2-none-any.whl")
        for wrong in ("a-1-py3-none-any.zip", "a-1-py3-none.whl", "a-1-2-py3-none-any-x.whl", "a__b-1-py3-none-any.whl",
                      "a b-1-py3-none-any.whl", "a-x-py3-none-any.whl", "a-1-x2-py3-none-any.whl", "a-1-py3--any.whl"):
            with self.subTest(wrong), self.assertRaises(InvalidWheelFilename) as caught:
                parse_wheel_filename(wrong)
            self.assertIn(repr(wrong), str(caught.exception))
        with self.assertRaises(InvalidWheelFilename):
            parse_wheel_filename("a-1-py3.py2-none-any.whl", validate_order=True)

    def test_sdist(self):
        self.assertEqual(("a-b", Version("1.0")), parse_sdist_filename("A_b-1.0.tar.gz"))
        self.assertEqual(("a-b", Version("1.0")), parse_sdist_filename("a-b-1.0.zip"))
        for wrong in ("a-1.0.tgz", "a1.0.zip", "a-x.zip", "-1.0.zip"):
            with self.subTest(wrong), self.assertRaises(InvalidSdistFilename):
                parse_sdist_filename(wrong)

    def test_names(self):
        for module in (tags, utils):
            self.assertEqual([], [name for name in module.__all__ if not hasattr(module, name)])
        for kind in (Tag, InvalidTag, InvalidName, InvalidWheelFilename, InvalidSdistFilename):
            self.assertIs(kind, getattr(sys.modules[kind.__module__], kind.__qualname__))
            self.assertTrue(kind is Tag or issubclass(kind, ValueError))


class Package(unittest.TestCase):
    def run_python(self, code, path=None):
        environment = {**os.environ, **({"PYTHONPATH": path} if path else {})}
        done = subprocess.run([sys.executable, "-B", "-c", code], env=environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        return done.stdout.strip()

    def test_modules_are_attributes(self):
        self.assertEqual("axle.packaging.version 1.0", self.run_python(
            "import axle; print(axle.packaging.version.Version.__module__, axle.packaging.utils.Version('1.0'))"))
        self.assertEqual("[]", self.run_python(
            "import axle.packaging as p; print([n for n in p.__all__ if n not in dir(p) or not getattr(p, n)])"))
        self.assertIn("has no attribute 'metadata'", self.run_python("import axle; axle.packaging.metadata"))

    def test_importing_it_loads_little(self):
        self.assertEqual("['axle', 'axle.packaging']", self.run_python(
            "import sys; before = set(sys.modules); import axle.packaging; print(sorted(set(sys.modules) - before))"))

    def test_without_the_native_half(self):
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(PACKAGE, os.path.join(folder, "axle"))
            self.assertIn("ImportError: axle._native is not available", self.run_python(
                "import axle.packaging\nimport axle.packaging.version", folder))

    def test_ends_with_objects_alive(self):
        self.assertEqual("", self.run_python(
            "import sys, axle\n"
            "from axle.packaging.requirements import Requirement\n"
            "from axle.packaging.specifiers import Specifier\n"
            "sys.kept = [Requirement('a>=1; os_name == \"b\"'), Specifier('>=1').filter(iter('12'))]\n"
            "next(sys.kept[1])\n"))


if __name__ == "__main__":
    unittest.main(verbosity=0)
