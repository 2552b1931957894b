"""axle.packaging.markers and axle.packaging.requirements under a stock python."""
import collections
import copy
import gc
import os
import pickle
import platform
import sys
import unittest
import weakref

from axle.packaging import markers, requirements
from axle.packaging.markers import (InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName,
                                    default_environment, format_full_version)
from axle.packaging.requirements import InvalidRequirement, Requirement
from axle.packaging.specifiers import SpecifierSet


class Markers(unittest.TestCase):
    def test_text(self):
        for written, text in (
            ("os.name=='posix'", 'os_name == "posix"'),
            ("python_implementation != 'x\"y'", "platform_python_implementation != 'x\"y'"),
            ("((extra == 'A_b'))", 'extra == "a-b"'),
            ("'A_b' in extras", '"a-b" in extras'),
            ("(os_name == 'a' or os_name == 'b') and '3' not  in python_version",
             '(os_name == "a" or os_name == "b") and "3" not in python_version'),
            ("os_name == 'a' or (os_name == 'b' and os_name == 'c')",
             'os_name == "a" or (os_name == "b" and os_name == "c")'),
            (r"os_name == 'a\x41\u00e9'", 'os_name == "aA\u00e9"'),
        ):
            with self.subTest(written):
                self.assertEqual((text, f"<Marker({text!r})>"), (str(Marker(written)), repr(Marker(written))))
                self.assertEqual((Marker(text), hash(Marker(text))), (Marker(written), hash(Marker(written))))

    def test_no_marker(self):
        for wrong, message, caret in (
            ("", "Expected a marker variable or quoted string", "^"),
            ("name == 'x'", "Expected a marker variable or quoted string", "^"),
            ("os_name", "Expected marker operator, one of <=, <, !=, ==, >=, >, ~=, ===, in, not in", "       ^"),
            ("os_name not 'x'", "Expected 'in' after 'not'", "            ^"),
            ("os_name not(", "Expected whitespace after 'not'", "           ^"),
            ("os_name == 'x", "Expected a marker variable or quoted string", "           ^"),
            (r"os_name == '\x'", "Invalid quoted string", "           ~~~~^"),
            ("(os_name == 'x'", "Expected matching RIGHT_PARENTHESIS for LEFT_PARENTHESIS, after marker expression",
             "~~~~~~~~~~~~~~~^"),
            ("os_name == 'x' extra", "Expected end of marker expression", "               ^"),
            ("'\U0001f600' == os_name x", "Expected end of marker expression", "               ^"),
        ):
            with self.subTest(wrong), self.assertRaises(InvalidMarker) as caught:
                Marker(wrong)
            self.assertEqual(f"{message}\n    {wrong}\n    {caret}", str(caught.exception))
        for wrong in (None, 1, b"os_name == 'x'"):
            with self.assertRaises(TypeError):
                Marker(wrong)

    def test_deep_markers_end_no_process(self):
        with self.assertRaises(InvalidMarker):
            Marker("(" * 100_000 + "os_name == 'x'" + ")" * 100_000)
        self.assertEqual('os_name == "x"', str(Marker("(" * 100 + "os_name == 'x'" + ")" * 100)))
        joined = Marker("os_name == 'x'")
        with self.assertRaises(RecursionError):
            for _ in range(100_000):
                joined = joined & joined

    def test_join(self):
        a, b, c = (Marker(f"os_name == '{name}'") for name in "abc")
        self.assertEqual('(os_name == "a" or os_name == "b") and os_name == "c"', str((a | b) & c))
        self.assertTrue(((a | b) & c | b).evaluate({"os_name": "b"}))
        with self.assertRaises(TypeError):
            a & "os_name == 'b'"
        with self.assertRaises(TypeError):
            a | None

    def test_evaluate(self):
        for text, environment, holds in (
            ("python_version < '3.10'", {"python_version": "3.9"}, True),
            ("'3.10' > python_version", {"python_version": "3.9"}, True),
            ("python_version == '3.*'", {"python_version": "3.9"}, True),
            ("python_full_version < '3.13'", {"python_full_version": "3.12.0a1+"}, True),
            ("os_name < 'b'", {"os_name": "a"}, False),
            ("os_name <= 'b'", {"os_name": "b"}, True),
            ("platform_release >= '5'", {"platform_release": "6.1-no-version"}, False),
            ("'linux' in sys_platform", {"sys_platform": "linux2"}, True),
            ("extra == 'A.b'", {"extra": "a_B"}, True),
            ("extra == 'a' or os_name == 'b' and os_name == 'c'", {"extra": "a", "os_name": "b"}, True),
            ("'A_b' in extras and 'c' not in extras", {"extras": {"a.b"}}, True),
            ("extra == 'a'", {"extra": None}, False),
        ):
            with self.subTest(text):
                self.assertIs(holds, Marker(text).evaluate(environment))
                self.assertIs(holds, Marker(text).evaluate(collections.ChainMap(environment)))

    def test_contexts(self):
        self.assertFalse(Marker("extra == 'a'").evaluate())
        self.assertFalse(Marker("'a' in extras or 'a' in dependency_groups").evaluate(context="lock_file"))
        for text, context in (("extra == 'a'", "requirement"), ("'a' in extras", "metadata")):
            with self.assertRaises(UndefinedEnvironmentName) as caught:
                Marker(text).evaluate(context=context)
            self.assertIsInstance(caught.exception, KeyError)

    def test_undefined(self):
        with self.assertRaisesRegex(UndefinedComparison, r"^Undefined <Op\('~='\)> on 'posix' and 'x'\.$"):
            Marker("os_name ~= 'x' or os_name == 'posix'").evaluate({"os_name": "posix"})
        with self.assertRaises(UndefinedComparison):
            Marker("extras == 'x'").evaluate({"extras": {"x"}})
        with self.assertRaises(ZeroDivisionError):
            Marker("os_name == 'x'").evaluate(Failing())

    def test_default_environment(self):
        found = default_environment()
        self.assertEqual((os.name, sys.platform), (found["os_name"], found["sys_platform"]))
        self.assertEqual((platform.python_version(), platform.machine()),
                         (found["python_full_version"], found["platform_machine"]))
        self.assertEqual(set(markers.Environment.__annotations__), set(found))
        found["os_name"] = "changed"
        self.assertEqual(os.name, default_environment()["os_name"])

    def test_format_full_version(self):
        info = collections.namedtuple("Info", "major minor micro releaselevel serial")
        self.assertEqual("3.12.0", format_full_version(info(3, 12, 0, "final", 0)))
        self.assertEqual("3.12.0b4", format_full_version(info(3, 12, 0, "beta", 4)))

    def test_both_quotes_cannot_be_written(self):
        with self.assertRaises(ValueError):
            str(Marker(r"os_name == '\x22\x27'"))

    def test_pickles_and_subclasses(self):
        class Own(Marker):
            pass

        found = pickle.loads(pickle.dumps(Marker("(os_name == 'a' or os_name == 'b') and os_name == 'c'")))
        self.assertEqual('(os_name == "a" or os_name == "b") and os_name == "c"', str(found))
        self.assertEqual("<Own('os_name == \"a\"')>", repr(Own("os_name == 'a'")))
        self.assertEqual(Marker("os_name == 'a'"), Own("os_name == 'a'"))
        self.assertNotEqual(Marker("os_name == 'a'"), "os_name == 'a'")


class Failing(collections.abc.Mapping):
    def __getitem__(self, key):
        return 1 / 0

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


class Requirements(unittest.TestCase):
    def test_parts(self):
        found = Requirement("  Some_Name [b, A] (>=1,<2) ; os_name == 'posix'")
        self.assertEqual(("Some_Name", {"A", "b"}, SpecifierSet("<2,>=1"), None, Marker("os_name == 'posix'")),
                         (found.name, found.extras, found.specifier, found.url, found.marker))
        self.assertEqual('Some_Name[A,b]<2,>=1; os_name == "posix"', str(found))
        self.assertEqual(f"<Requirement({str(found)!r})>", repr(found))

    def test_absent_parts(self):
        found = Requirement("name")
        self.assertEqual((set(), SpecifierSet(), None, None), (found.extras, found.specifier, found.url, found.marker))

    def test_url(self):
        found = Requirement("name[x] @ https://host/path;v=1#egg ; os_name == 'posix'")
        self.assertEqual("https://host/path;v=1#egg", found.url)
        self.assertEqual('name[x] @ https://host/path;v=1#egg ; os_name == "posix"', str(found))

    def test_no_requirement(self):
        for wrong, message, caret in (
            ("", "Expected package name at the start of dependency specifier", "^"),
            ("a[b c]", "Expected comma between extra names", "    ^"),
            ("a[b,]", "Expected extra name after comma", "    ^"),
            ("a[b", "Expected matching RIGHT_BRACKET for LEFT_BRACKET, after extras", " ~~^"),
            ("a (>=1", "Expected matching RIGHT_PARENTHESIS for LEFT_PARENTHESIS, after version specifier", "  ~~~~^"),
            ("a >=1.*", ".* suffix can only be used with `==` or `!=` operators", "  ~~~~^"),
            ("a ==1a1.*", ".* suffix cannot be used with pre-release, post-release, dev or local versions",
             "  ~~~~~~^"),
            ("a >=1+b", "Local version label can only be used with `==` or `!=` operators", "  ~~~^"),
            ("a >=1 <2", "Expected comma (within version specifier), semicolon (after version specifier) or end",
             "  ~~~~^"),
            ("a ~=1", "Expected semicolon (after name with no version specifier) or end", "  ^"),
            ("a @", "Expected URL after @", "   ^"),
            ("a @ b; c", "Expected semicolon (after URL and whitespace) or end", "    ~~~^"),
            ("a; os_name == 'b' c", "Expected end of dependency specifier", "                  ^"),
        ):
            with self.subTest(wrong), self.assertRaises(InvalidRequirement) as caught:
                Requirement(wrong)
            self.assertEqual(f"{message}\n    {wrong}\n    {caret}", str(caught.exception))
        self.assertTrue(issubclass(InvalidRequirement, ValueError))

    def test_invalid_specifier_is_the_cause(self):
        with self.assertRaises(InvalidRequirement) as caught:
            Requirement("a===1,2==")
        self.assertEqual("Invalid specifier: '2=='", str(caught.exception))
        self.assertEqual("InvalidSpecifier", type(caught.exception.__cause__).__name__)

    def test_equality(self):
        for left, right in (("A.b>=1.0", "a-b >= 1"), ("a[x,y]", "a[Y,X]"), ("a;os_name=='b'", 'a ; os.name == "b"')):
            self.assertEqual(Requirement(left), Requirement(right))
            self.assertEqual(hash(Requirement(left)), hash(Requirement(right)))
        for other in ("b", "a[x]", "a>=1", "a @ file:x", "a; os_name == 'b'"):
            self.assertNotEqual(Requirement("a"), Requirement(other))
        self.assertIs(NotImplemented, Requirement("a").__eq__("a"))

    def test_attributes_can_be_set(self):
        found = Requirement("a[x]>=1; os_name == 'b'")
        found.name, found.extras, found.marker, found.specifier = "c", ("z", "y"), None, SpecifierSet("<2")
        self.assertEqual("c[y,z]<2", str(found))
        with self.assertRaises(AttributeError):
            del found.name

    def test_subclass(self):
        class Own(Requirement):
            def __init__(self, text, note):
                super().__init__(text)
                self.note = note

            def __reduce__(self):
                return type(self), (str(self), self.note)

        found = copy.copy(Own("a>=1", "x"))
        self.assertEqual(("<Own('a>=1')>", "x"), (repr(found), found.note))
        self.assertEqual(Requirement("a>=1"), found)

    def test_pickles_and_copies(self):
        value = Requirement("a[x,y]>=1; os_name == 'b'")
        value.specifier.prereleases = True
        for found in (*(pickle.loads(pickle.dumps(value, i)) for i in range(2, 6)), copy.deepcopy(value)):
            self.assertEqual((str(value), value, True), (str(found), found, found.specifier.prereleases))

    def test_is_collected(self):
        class Extras(set):
            pass

        value = Requirement("a")
        value.extras = Extras()
        value.extras.owner = value
        reference = weakref.ref(value.extras)
        del value
        gc.collect()
        self.assertIsNone(reference())

    def test_names(self):
        for module in (markers, requirements):
            self.assertEqual([], [name for name in module.__all__ if not hasattr(module, name)])
        for kind in (Marker, InvalidMarker, UndefinedComparison, UndefinedEnvironmentName, Requirement,
                     InvalidRequirement):
            self.assertIs(kind, getattr(sys.modules[kind.__module__], kind.__qualname__))


if __name__ == "__main__":
    unittest.main(verbosity=0)
