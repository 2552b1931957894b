"""axle.packaging.version and axle.packaging.specifiers under a stock python; the conformance suite compares values."""
import copy
import gc
import itertools
import pickle
import re
import sys
import tracemalloc
import unittest

from axle.packaging import specifiers, version
from axle.packaging.specifiers import BaseSpecifier, InvalidSpecifier, Specifier, SpecifierSet
from axle.packaging.version import InvalidVersion, Version, normalize_pre, parse

HUGE = 10**30
ORDERED = ["0.dev0", "0", "1.0.dev1", "1.0a1.dev1", "1.0a1", "1.0b1", "1.0rc1", "1.0", "1.0+a", "1.0+1", "1.0.post1",
           "1.1", f"1.{HUGE}", f"{HUGE}", "1!0"]


class Versions(unittest.TestCase):
    def test_parts(self):
        found = Version("v1!2.0.3-RC.4-5.DEV6+Ubuntu-7")
        self.assertEqual("1!2.0.3rc4.post5.dev6+ubuntu.7", str(found))
        self.assertEqual((1, (2, 0, 3), ("rc", 4), 5, 6, "ubuntu.7"),
                         (found.epoch, found.release, found.pre, found.post, found.dev, found.local))
        self.assertEqual((2, 0, 3), (found.major, found.minor, found.micro))
        self.assertEqual(("1!2.0.3rc4.post5.dev6", "1!2.0.3"), (found.public, found.base_version))
        self.assertEqual((True, True, True), (found.is_prerelease, found.is_postrelease, found.is_devrelease))

    def test_absent_parts(self):
        found = Version("1")
        self.assertEqual((0, (1,), None, None, None, None),
                         (found.epoch, found.release, found.pre, found.post, found.dev, found.local))
        self.assertEqual((1, 0, 0), (found.major, found.minor, found.micro))
        self.assertEqual((False, False, False), (found.is_prerelease, found.is_postrelease, found.is_devrelease))

    def test_integers_of_any_size(self):
        found = Version(f"{HUGE}!{HUGE}.1a{HUGE}.post{HUGE}.dev{HUGE}")
        self.assertEqual((HUGE, (HUGE, 1), ("a", HUGE), HUGE, HUGE),
                         (found.epoch, found.release, found.pre, found.post, found.dev))
        self.assertEqual(found, Version(str(found)))

    def test_order_is_total(self):
        versions = [Version(text) for text in ORDERED]
        for (i, left), (j, right) in itertools.product(enumerate(versions), repeat=2):
            with self.subTest(left=left, right=right):
                self.assertEqual((i < j, i <= j, i == j, i != j, i >= j, i > j),
                                 (left < right, left <= right, left == right, left != right, left >= right,
                                  left > right))

    def test_equal_versions_have_equal_hashes(self):
        for left, right in (("1.0", "1"), ("1.0a", "1alpha0"), ("1+A.1", "1.0+a-01"), (f"{HUGE}.0", f"0{HUGE}")):
            self.assertEqual(Version(left), Version(right))
            self.assertEqual(hash(Version(left)), hash(Version(right)))

    def test_no_order_with_other_types(self):
        for name in ("__lt__", "__le__", "__eq__", "__ne__", "__ge__", "__gt__"):
            for other in ("1", 1, None, (1,)):
                self.assertIs(NotImplemented, getattr(Version("1"), name)(other))
        with self.assertRaises(TypeError):
            Version("1") < "2"

    def test_white_space_around_it(self):
        self.assertEqual("1.0", str(Version(" \t\n\x1c\u2003v1.0\x1f\x0b")))

    def test_no_version(self):
        for wrong in ("", "x", "1.0.", "1..0", "1 0", "1.0+", "1!", "-1", "1.0-a-b", "\u0661", "1\0", 1, 1.0, None,
                      b"1"):
            message = f"^Invalid version: {re.escape(repr(wrong))}$"
            with self.subTest(wrong), self.assertRaisesRegex(InvalidVersion, message):
                Version(wrong)
        self.assertTrue(issubclass(InvalidVersion, ValueError))

    def test_arguments(self):
        self.assertEqual(Version("1"), Version(version="1"))
        for arguments, names in (((), {}), (("1", "2"), {}), ((), {"text": "1"}), (("1",), {"version": "1"})):
            with self.subTest(arguments=arguments, names=names), self.assertRaises(TypeError):
                Version(*arguments, **names)

    def test_is_immutable(self):
        found = Version("1")
        for name in ("epoch", "release", "anything"):
            with self.assertRaises((AttributeError, TypeError)):
                setattr(found, name, 2)
        with self.assertRaises(TypeError):
            found.__init__("2")
        with self.assertRaises(TypeError):
            Version.epoch = 1

    def test_subclass(self):
        class Release(Version):
            def __init__(self, major, note):
                super().__init__(f"{major}.0")
                self.note = note

        found = Release(3, "x")
        self.assertEqual(("<Release('3.0')>", "x"), (repr(found), found.note))
        self.assertTrue(found == Version("3") and Version("2") < found and hash(found) == hash(Version("3")))
        self.assertIs(Release, type(found.__replace__(release=(4,))))
        self.assertEqual(1, SpecifierSet(">=3").contains(found))

    def test_pattern_matching(self):
        match Version("1.0"):
            case Version("1.0"):
                pass
            case _:
                self.fail("not matched")

    def test_pickles_and_copies(self):
        for text in ORDERED:
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                found = pickle.loads(pickle.dumps(Version(text), protocol))
                self.assertEqual((Version, text), (type(found), str(found)))
            self.assertEqual(Version(text), copy.deepcopy(copy.copy(Version(text))))

    def test_parse(self):
        self.assertEqual(Version("1.0"), parse("1"))
        with self.assertRaises(InvalidVersion):
            parse("x")

    def test_pattern(self):
        pattern = re.compile(version.VERSION_PATTERN, re.VERBOSE | re.IGNORECASE)
        for text in [*ORDERED, "v1.0-RC.1-2.dev+A_b"]:
            self.assertTrue(pattern.fullmatch(text), text)
        self.assertEqual(("1", "2.3", "rc", "4", "5", "6", "a.b"), pattern.fullmatch("1!2.3rc4.post5.dev6+a.b").group(
            "epoch", "release", "pre_l", "pre_n", "post_n2", "dev_n", "local"))
        self.assertIsNone(pattern.fullmatch("1.0.x"))

    def test_normalize_pre(self):
        words = ("ALPHA", "a", "beta", "c", "pre", "preview", "r", "rev", "other")
        self.assertEqual(["a", "a", "b", "rc", "rc", "rc", "post", "post", "other"], [normalize_pre(w) for w in words])


class Parts(unittest.TestCase):
    def test_from_parts(self):
        made = Version.from_parts(release=(1, 0, HUGE), epoch=2, pre=("Preview", 3), post=0, dev=True, local="A-1")
        self.assertEqual(f"2!1.0.{HUGE}rc3.post0.dev1+a.1", str(made))
        self.assertEqual("1", str(Version.from_parts(release=(1,))))
        with self.assertRaises(TypeError):
            Version.from_parts()
        with self.assertRaises(TypeError):
            Version.from_parts((1,))

    def test_replace(self):
        found = Version("1!1.2a3.post4.dev5+b")
        self.assertEqual("1.2a3.post4.dev5+b", str(found.__replace__(epoch=None)))
        self.assertEqual("1!0.post4", str(found.__replace__(release=None, pre=None, dev=None, local=None)))
        self.assertIs(found, found.__replace__())
        self.assertIs(found, found.__replace__(pre=("alpha", 3), local="B"))
        with self.assertRaises(TypeError):
            found.__replace__(major=1)

    def test_wrong_parts(self):
        wrong = {
            "epoch": ("1", -1, 1.0), "release": ((), (1, -1), [1], "1", ("1",)),
            "pre": (("x", 1), ("a", -1), ("a",), "a1", ("a", "1"), ("post", 1), ("a-", 1), ("", 1), (1, "a")),
            "post": (-1, "1"), "dev": (-1, "1"), "local": ("", "a+b", "+a", " a", "a.", "\u00e9", 1),
        }
        for name, values in wrong.items():
            for value in values:
                with self.subTest(name, value=value), self.assertRaisesRegex(InvalidVersion, f"^{name} must be"):
                    Version("1").__replace__(**{name: value})


class Specifiers(unittest.TestCase):
    def test_parts(self):
        found = Specifier(" ~= v1.4 ")
        self.assertEqual(("~=", "v1.4", "~=v1.4", False),
                         (found.operator, found.version, str(found), found.prereleases))
        self.assertEqual(("==", "1.*"), (Specifier("==1.*").operator, Specifier("==1.*").version))
        self.assertEqual(("===", "any"), (Specifier("===any").operator, Specifier("===any").version))

    def test_invalid(self):
        for wrong in ("", "1.0", "=1", "=>1", ">=", "~=1", ">=1.*", "==1.0.*+a", ">=1,<2", ",>=1", ">=1,", "==1 x"):
            message = f"^Invalid specifier: {re.escape(repr(wrong))}$"
            with self.subTest(wrong), self.assertRaisesRegex(InvalidSpecifier, message):
                Specifier(wrong)
        for wrong in (1, None, b">=1"):
            with self.assertRaises(TypeError):
                Specifier(wrong)

    def test_contains(self):
        for clause, inside, outside in (
            (">=1.0", "1", "0.9"), ("<=1", "1.0", "1.1"), (">1", "1.1", "1.0.post1"), ("<1", "0.9", "1.0a1"),
            ("==1.*", "1.9", "2"), ("!=1.*", "2", "1.9"), ("~=1.4", "1.9", "2.0"), ("===x.Y", "X.y", "1"),
        ):
            with self.subTest(clause):
                self.assertIn(inside, Specifier(clause))
                self.assertNotIn(outside, Specifier(clause))
        self.assertIn(Version("1"), Specifier(">=1"))
        for no_version in ("x", "", 1, None):
            self.assertNotIn(no_version, Specifier(">=0"))

    def test_prereleases(self):
        found = Specifier(">=1")
        self.assertTrue(found.contains("2a1"))
        found.prereleases = False
        self.assertFalse(found.contains("2a1"))
        self.assertTrue(found.contains("2a1", prereleases=True))
        self.assertEqual("<Specifier('>=1', prereleases=False)>", repr(found))
        found.prereleases = None
        self.assertEqual("<Specifier('>=1')>", repr(found))
        self.assertEqual([True, False, False, None],
                         [Specifier(text).prereleases for text in (">=1a1", "!=1a1", "==1.*", "===x")])

    def test_equality(self):
        for left, right in ((">=1.0", ">=1"), ("==1alpha", "== 1.0a0")):
            self.assertEqual(Specifier(left), Specifier(right))
            self.assertEqual(Specifier(left), right)
            self.assertEqual(hash(Specifier(left)), hash(Specifier(right)))
        for left, right in (("~=1.0", "~=1.0.0"), (">=1", ">1"), ("==1.*", "==1.0.*"), ("===1.0", "===1")):
            self.assertNotEqual(Specifier(left), Specifier(right))
        self.assertNotEqual(Specifier(">=1"), "nothing")
        self.assertIs(NotImplemented, Specifier(">=1").__eq__(1))
        with self.assertRaises(TypeError):
            Specifier(">=1") < Specifier(">=2")

    def test_filter(self):
        found = Specifier(">=1")
        self.assertEqual(["1", "2"], list(found.filter(["1", "2a1", "0", "x", "2"])))
        self.assertEqual(["2a1"], list(found.filter(["2a1", "0"])))
        self.assertEqual(["1", "2a1"], list(found.filter(["1", "2a1"], prereleases=True)))
        self.assertEqual([], list(found.filter(["2a1"], prereleases=False)))
        self.assertEqual([{"v": "3"}], list(found.filter([{"v": "0"}, {"v": "3"}], key=lambda item: item["v"])))

    def test_filter_reads_as_it_goes(self):
        endless = Specifier(">=3").filter(str(i) for i in itertools.count())
        self.assertEqual(["3", "4"], [next(endless), next(endless)])

    def test_filter_passes_errors_on(self):
        with self.assertRaises(ZeroDivisionError):
            list(Specifier(">=3").filter(["1"], key=lambda item: 1 / 0))
        with self.assertRaises(TypeError):
            Specifier(">=3").filter(None)
        with self.assertRaises(TypeError):
            type(Specifier(">=3").filter([]))()

    def test_is_a_base_specifier(self):
        self.assertIsInstance(Specifier(">=1"), BaseSpecifier)
        self.assertIsInstance(SpecifierSet(), BaseSpecifier)
        with self.assertRaises(TypeError):
            BaseSpecifier()


class Sets(unittest.TestCase):
    def test_text(self):
        found = SpecifierSet(" >=1 ,, <2, >=1.0 ")
        self.assertEqual(("<2,>=1", 2), (str(found), len(found)))
        self.assertEqual(["<2", ">=1"], [str(specifier) for specifier in found])
        self.assertEqual("<SpecifierSet('', prereleases=True)>", repr(SpecifierSet(prereleases=True)))
        self.assertFalse(SpecifierSet())

    def test_from_specifiers(self):
        found = SpecifierSet(iter([Specifier(">=1", prereleases=True), Specifier("<2")]))
        self.assertEqual(("<2,>=1", True), (str(found), found.prereleases))
        self.assertEqual([None, True], [pickle.loads(pickle.dumps(s)).prereleases or None for s in found])
        for wrong in ([">=1"], 1, [None]):
            with self.subTest(wrong), self.assertRaises(TypeError):
                SpecifierSet(wrong)

    def test_contains(self):
        found = SpecifierSet(">=1,<2")
        self.assertTrue("1.5" in found and Version("1") in found and "2" not in found and "x" not in found)
        self.assertIn("anything", SpecifierSet())
        found.prereleases = False
        self.assertEqual((False, True, True), (found.contains("1.5a1"), found.contains("1.5a1", prereleases=True),
                                               found.contains("1.5a1", installed=True)))

    def test_and(self):
        found = SpecifierSet(">=1") & "<2" & SpecifierSet(">=1.0", prereleases=True)
        self.assertEqual(("<2,>=1", True), (str(found), found.prereleases))
        with self.assertRaises(ValueError):
            SpecifierSet(prereleases=True) & SpecifierSet(prereleases=False)
        with self.assertRaises(TypeError):
            SpecifierSet() & 1
        with self.assertRaises(InvalidSpecifier):
            SpecifierSet() & "x"

    def test_equality(self):
        self.assertEqual(SpecifierSet(">=1,<2.0"), SpecifierSet("<2,>=1.0"))
        self.assertEqual(hash(SpecifierSet(">=1,<2.0")), hash(SpecifierSet("<2,>=1.0")))
        self.assertTrue(SpecifierSet(">=1") == ">=1.0" and SpecifierSet(">=1") == Specifier(">=1"))
        self.assertNotEqual(SpecifierSet(">=1"), SpecifierSet(">=1,<2"))
        self.assertIs(NotImplemented, SpecifierSet().__eq__(1))

    def test_filter(self):
        self.assertEqual(["x", "1"], list(SpecifierSet().filter(["x", "1a1", "1"])))
        self.assertEqual(["x", "1a1"], list(SpecifierSet().filter(["x", "1a1"])))
        self.assertEqual(["x"], list(SpecifierSet().filter(["x", "1a1"], prereleases=False)))
        self.assertEqual(["1.5"], list(SpecifierSet(">=1,<2").filter(["1.5", "1.6a1", "2"])))

    def test_unsatisfiable(self):
        for text in ("", ">=1", ">=1,<=1", "!=1", ">1,<1.0.0.1", "===x", "===1.0,>=1", ">=1,!=1,<2", ">1.0a1,<1.0a3",
                     f">={HUGE},<{HUGE + 1}", "==1.*,!=1.0.*", ">1.0.post1,<1.0.post3", "!=1.*,!=2.*"):
            self.assertFalse(SpecifierSet(text).is_unsatisfiable(), text)
        for text in (">=2,<1", ">1,<1", "==1,!=1", "==1.*,!=1.*", "<0.dev0", "===x,===y", "===x,>=1", "===1,>=2",
                     ">=1.dev1,<1.dev1", "~=1.4,>=2", ">1,<=1.post5"):
            self.assertTrue(SpecifierSet(text).is_unsatisfiable(), text)
        self.assertTrue(SpecifierSet(">=1a1,<1", prereleases=False).is_unsatisfiable())
        self.assertTrue(SpecifierSet("===1a1", prereleases=False).is_unsatisfiable())
        self.assertFalse(SpecifierSet(">=1a1,<=1", prereleases=False).is_unsatisfiable())

    def test_pickles_and_copies(self):
        for value in (Specifier(">=1"), Specifier("===x", prereleases=True), SpecifierSet(">=1,<2", prereleases=False)):
            for found in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value)):
                self.assertEqual((repr(value), value), (repr(found), found))

    def test_names(self):
        for module in (version, specifiers):
            self.assertEqual([], [name for name in module.__all__ if not hasattr(module, name)])
        for kind in (Version, InvalidVersion, Specifier, SpecifierSet, InvalidSpecifier):
            self.assertIs(kind, getattr(sys.modules[kind.__module__], kind.__qualname__))


class Memory(unittest.TestCase):
    def test_nothing_is_left_behind(self):
        def work():
            for text in ("1.0", "x"):
                try:
                    found = Version(text)
                    self.assertEqual(((1, 0), None, 1), (found.release, found.pre, found.__replace__(post=1).post))
                except InvalidVersion:
                    pass
            limits = SpecifierSet(">=1,<2") & "!=1.5"
            list(limits), list(limits.filter(["1", "2a1", "x"])), pickle.dumps(limits), limits == ">=1"
            iterator = limits.filter(["1.1", "1.2"])
            next(iterator)

        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        sizes = []
        for _ in range(2): # the first time fills caches
            for _ in range(2000):
                work()
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
        self.assertLess(sizes[1] - sizes[0], 60_000) # one object a run were 100,000

    def test_filter_in_a_cycle_is_collected(self):
        class Items(list):
            pass

        items = Items(["1"])
        items.iterator = Specifier(">=1").filter(items)
        items.iterator = Specifier(">=1").filter(items, key=lambda item, keep=items: item)
        del items
        self.assertGreater(gc.collect(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=0)
