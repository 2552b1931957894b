"""`axle.pkg_resources` under a stock python; beside pkg_resources itself in tst_pkg_resources_referee.py."""
import contextlib
import gc
import io
import os
import pathlib
import sys
import unittest
import warnings
import weakref

import axle
from axle import pkg_resources
from axle.pkg_resources import Distribution, DistInfoDistribution, EntryPoint, Environment, Requirement, WorkingSet
from tst_wheel import Case, build


class Metadata(pkg_resources.EmptyProvider):
    """Files of metadata, or what is raised for one."""

    def __init__(self, **files):
        self.files = {name.replace("_txt", ".txt"): text for name, text in files.items()}

    def has_metadata(self, name):
        return name in self.files

    def get_metadata(self, name):
        if isinstance(self.files[name], BaseException):
            raise self.files[name]
        return self.files[name]


def dist(text, *needs, extras=(), location="/shelf", **kw):
    """'name version' with Requires-Dist and Provides-Extra."""
    name, version = text.split()
    lines = [f"Requires-Dist: {need}" for need in needs] + [f"Provides-Extra: {extra}" for extra in extras]
    return DistInfoDistribution(location, Metadata(METADATA="\n".join(lines)), name, version, **kw)


def broken(text, error):
    name, version = text.split()
    return DistInfoDistribution("/shelf", Metadata(METADATA=error), name, version)


def shelf(*dists):
    environment = Environment([])
    for each in dists:
        environment += each
    return environment


def names(dists):
    return [str(each) for each in dists]


class Folders(Case):
    def setUp(self):
        super().setUp()
        self.plugins = os.path.join(self.folder, "plugins")
        os.mkdir(self.plugins, 0o700)

    def build(self, name, version="1.0", **options):
        return build(self.plugins, {f"{name.lower()}.py": f"VERSION = {version!r}"}, name=name, version=version, **options)

    def test_wheels(self):
        self.build("Geo_Core", "2.4", metadata="Requires-Dist: numpy\nRequires-Dist: maps; extra == 'maps'\n"
                                               "Provides-Extra: maps\n", entry_points="[group]\nname = geo_core:VERSION\n")
        path = self.build("Geo_Core", "10")
        environment = Environment([self.plugins])
        self.assertEqual(["geo-core"], list(environment))
        newest, older = environment["Geo-Core"]
        self.assertEqual(("Geo-Core", "10", path, None), (newest.project_name, newest.version, newest.location, newest.py_version))
        self.assertEqual(["numpy"], names(older.requires()))
        self.assertEqual(["numpy", 'maps; extra == "maps"'], names(older.requires(["maps"])))
        self.assertEqual(["maps"], older.extras)
        self.assertEqual("name = geo_core:VERSION", str(older.get_entry_info("group", "name")))
        self.assertIn("Name: Geo_Core", older.get_metadata("METADATA"))
        self.assertTrue(older.has_metadata("RECORD"))
        self.assertFalse(older.has_metadata("REC"))
        self.assertIn("entry_points.txt", older.metadata_listdir(""))
        self.assertEqual(["10"], [each.version for each in pkg_resources.find_distributions(path)])
        self.assertEqual([], list(pkg_resources.find_distributions(self.plugins, only=True)))

    def test_what_cannot_be_used_is_told(self):
        self.build("good")
        other = self.build("other", tag="cp27-cp27m-win32")
        later = self.build("later", metadata="Requires-Python: >=4\n")
        bad = os.path.join(self.plugins, "bad-1.0-py3-none-any.whl")
        with open(bad, "wb") as file:
            file.write(b"no zip")
        environment = Environment([self.plugins])
        self.assertEqual(["good"], list(environment))
        codes = {path: error.code for path, error in environment.unusable.items()}
        self.assertEqual({other: "wheel-incompatible", later: "resolve-python", bad: "zip-not-zip"} | codes, codes)
        self.assertEqual(codes.keys(), {other, later, bad})
        self.assertEqual(codes.keys(), (Environment([]) + environment).unusable.keys())

    def test_unpacked(self):
        for name, file, text in (("one-1.0.dist-info", "METADATA", "Name: one\nVersion: 1.0\nRequires-Dist: two\n"),
                                 ("two.egg-info", "PKG-INFO", "Name: two\nVersion: 2.0\n"),
                                 ("empty-1.0.dist-info", None, None)):
            os.mkdir(os.path.join(self.plugins, name))
            if file:
                with open(os.path.join(self.plugins, name, file), "w") as out:
                    out.write(text)
        with open(os.path.join(self.plugins, "three-3.0.egg-info"), "w") as out:
            out.write("Name: three\nVersion: 3.0\n")
        found = list(pkg_resources.find_distributions(self.plugins))
        self.assertEqual(["one 1.0", "three 3.0", "two 2.0"], names(found))
        self.assertEqual({self.plugins}, {each.location for each in found})
        for entry in (self.plugins, pathlib.Path(self.plugins)):
            self.assertEqual(["one 1.0", "two 2.0"], names(WorkingSet([entry]).require("one")))

    def test_no_folder(self):
        nowhere = os.path.join(self.folder, "nowhere")
        self.assertEqual([], list(Environment([nowhere, __file__])))
        self.assertEqual([nowhere], WorkingSet([nowhere]).entries)

    def test_working_set_of_the_process(self):
        path = self.build("mounted_one", entry_points="[some.group]\nversion = mounted_one:VERSION\n")
        self.build("needs_it", metadata="Requires-Dist: mounted-one\n")
        working_set = pkg_resources.working_set
        self.assertIs(working_set, pkg_resources.working_set)
        before = (working_set.entries, sys.path[:])
        found, errors = working_set.find_plugins(Environment([self.plugins]))
        self.assertEqual((["mounted-one 1.0", "needs-it 1.0"], {}), (names(found), errors))
        for each in found:
            working_set.add(each)
            self.addCleanup(lambda each=each: each in working_set and working_set.remove(each))
        self.assertIn(path, working_set.entries)
        self.assertEqual("1.0", pkg_resources.load_entry_point("mounted_one", "some.group", "version"))
        self.assertEqual([found[0]], [entry.dist for entry in pkg_resources.iter_entry_points("some.group")])
        self.assertEqual(found[0], pkg_resources.get_distribution("mounted-one"))
        self.assertEqual(["some.group"], list(pkg_resources.get_entry_map("mounted-one")))
        self.assertIsNone(pkg_resources.get_entry_info("mounted-one", "some.group", "no"))
        self.assertEqual(names(found)[::-1], names(pkg_resources.require("needs-it")))
        self.assertTrue(axle.Wheel(path).is_mounted)
        for each in found:
            working_set.remove(each)
        self.assertNotIn("mounted_one", sys.modules)
        self.assertEqual(before, (working_set.entries, sys.path))

    def test_another_path(self):
        wheel, = Environment([os.path.dirname(self.build("sample"))])["sample"]
        path = ["/first", self.plugins]
        wheel.activate(path)
        self.assertEqual(["/first", wheel.location, self.plugins], path)
        self.assertFalse(axle.Wheel(wheel.location).is_mounted)
        wheel.deactivate(path)
        self.assertEqual(["/first", self.plugins], path)
        self.assertEqual(["sample"], [names(wheel.clone(version="3").requires()) or "sample"])


class Sets(unittest.TestCase):
    def setUp(self):
        self.heard = []

    def hear(self, each):
        self.heard.append(str(each))

    def hear_removal(self, each):
        self.heard.append(f"-{each}")

    def take(self):
        heard, self.heard = self.heard, []
        return heard

    def test_subscribers(self):
        working_set = WorkingSet([])
        working_set.add(dist("a 1"))
        working_set.subscribe(self.hear)
        working_set.subscribe(self.hear)
        working_set.subscribe(self.hear_removal, removal=True)
        self.assertEqual(["a 1"], self.take())
        working_set.add(dist("b 1"))
        working_set.add(dist("b 2"))
        self.assertEqual(["b 1"], self.take())
        working_set.add(dist("b 2"), replace=True)
        self.assertEqual(["-b 1", "b 2"], self.take())
        working_set.remove(dist("b 2"))
        self.assertEqual(["-b 2"], self.take())
        working_set.unsubscribe(self.hear)
        working_set.unsubscribe(self.hear_removal)
        working_set.add(dist("b 2"))
        self.assertEqual([], self.take())
        for refused in (lambda: working_set.remove(dist("b 1")), lambda: working_set.unsubscribe(self.hear)):
            with self.assertRaises(ValueError):
                refused()

    def test_later_subscriber(self):
        working_set = WorkingSet([])
        working_set.add(dist("a 1"))
        working_set.subscribe(self.hear, existing=False)
        self.assertEqual([], self.take())
        self.assertEqual([self.hear], working_set.callbacks)

    def test_contents(self):
        working_set = WorkingSet([])
        one = dist("Some_Name 1")
        working_set.add(one)
        working_set.add(dist("b 1"), entry="/entry")
        working_set.add(dist("c 1"), insert=False)
        self.assertEqual(["/shelf", "/entry"], working_set.entries)
        self.assertEqual({"some-name": one}, {k: v for k, v in working_set.by_key.items() if v in (one,)})
        self.assertEqual(["Some-Name 1", "b 1", "c 1"], sorted(names(working_set)))
        self.assertIn(one, working_set)
        self.assertNotIn(dist("Some_Name 2"), working_set)

    def test_spellings(self):
        working_set = WorkingSet([])
        working_set.add(dist("Some.Name 1"))
        for spelling in ("some.name", "Some-Name", "SOME_NAME"):
            requirement = Requirement(spelling)
            self.assertEqual("Some.Name 1", str(working_set.find(requirement)))
            self.assertEqual("some.name", requirement.key)
        self.assertIsNone(working_set.find(Requirement("another")))

    def test_environment(self):
        environment = shelf(dist("a 1"), dist("a 2"), dist("a 1"))
        self.assertEqual(["a 2", "a 1"], names(environment["A"]))
        environment.remove(dist("a 1"))
        with self.assertRaises(ValueError):
            environment.remove(dist("a 1"))
        with self.assertRaises(TypeError):
            environment += "a"
        self.assertEqual([], list(shelf(dist("a 1", py_version="2.7"), dist("a 1", platform="win32"))))
        self.assertEqual(["a"], list(Environment([], None, None) + dist("a 1", py_version="2.7")))

    def test_best_match(self):
        class Shop(Environment):
            def obtain(self, requirement, installer=None):
                return dist("b 1") if requirement.key == "b" else super().obtain(requirement, installer)

        shop = Shop([])
        shop += dist("a 2")
        working_set = WorkingSet([])
        self.assertEqual("a 2", str(shop.best_match(Requirement("a"), working_set)))
        self.assertEqual("b 1", str(shop.best_match(Requirement("b"), working_set)))
        self.assertEqual("c 1", str(shop.best_match(Requirement("c"), working_set, lambda _: dist("c 1"))))
        self.assertIsNone(shop.best_match(Requirement("c"), working_set))
        self.assertEqual(["a 2", "b 1"], names(working_set.resolve(pkg_resources.parse_requirements("b\na"), shop)))
        working_set.add(dist("a 1"))
        with self.assertRaises(pkg_resources.VersionConflict):
            shop.best_match(Requirement("a>1"), working_set)
        self.assertEqual("a 2", str(shop.best_match(Requirement("a>1"), working_set, replace_conflicting=True)))

    def test_nothing_is_kept(self):
        def references():
            one = dist("a 1", "b")
            working_set = WorkingSet([])
            working_set.subscribe(lambda _: working_set)
            working_set.add(one)
            working_set.find_plugins(shelf(one, dist("b 1")))
            return [weakref.ref(each) for each in (one, working_set)]

        found = references()
        gc.collect()
        self.assertEqual([None, None], [each() for each in found])


class Failures(unittest.TestCase):
    def failed(self, exception, *requirements, env=None, active=(), **options):
        working_set = WorkingSet([])
        for each in active:
            working_set.add(each)
        with self.assertRaises(exception) as caught:
            working_set.resolve(pkg_resources.parse_requirements(requirements), env or shelf(), **options)
        self.assertIs(exception, type(caught.exception))
        return caught.exception

    def test_not_found(self):
        error = self.failed(pkg_resources.DistributionNotFound, "a", env=shelf(dist("a 1", "b>2")))
        self.assertEqual((Requirement("b>2"), {"a"}, "resolve-missing"), (error.req, error.requirers, error.code))
        self.assertEqual("The 'b>2' distribution was not found and is required by a", str(error))
        error = self.failed(pkg_resources.DistributionNotFound, "a")
        self.assertIsNone(error.requirers)
        self.assertEqual("The 'a' distribution was not found and is required by the application", error.report())

    def test_conflict(self):
        active = dist("a 1")
        error = self.failed(pkg_resources.VersionConflict, "a>1", active=[active])
        self.assertEqual((active, Requirement("a>1"), "resolve-conflict"), (error.dist, error.req, error.code))
        self.assertEqual("a 1 is installed but a>1 is required", str(error))
        self.assertIs(error, error.with_context(set()))
        self.assertEqual({"x"}, error.with_context({"x"}).required_by)
        self.assertIsInstance(error, axle.ResolutionError)

    def test_contextual_conflict(self):
        error = self.failed(pkg_resources.ContextualVersionConflict, "b", env=shelf(dist("b 1", "a>1")), active=[dist("a 1")])
        self.assertEqual({"b"}, error.required_by)
        self.assertEqual("a 1 is installed but a>1 is required by {'b'}", error.report())
        self.assertEqual(
            "ContextualVersionConflict(a 1 (/shelf), Requirement.parse('a>1'), {'b'})", repr(error))

    def test_unknown_extra(self):
        error = self.failed(pkg_resources.UnknownExtra, "a[x]", env=shelf(dist("a 1")))
        self.assertEqual(("resolve-extra", "a 1 has no such extra feature 'x'"), (error.code, str(error)))

    def test_what_the_metadata_raises(self):
        fault = OSError("gone")
        self.assertIs(fault, self.failed(OSError, "a", env=shelf(broken("a 1", fault))))
        plugins = shelf(broken("a 2", fault), dist("a 1"), broken("b 1", fault), dist("c 1", "none"))
        found, errors = WorkingSet([]).find_plugins(plugins)
        self.assertEqual(["a 1"], names(found))
        self.assertEqual(["a 2", "b 1", "c 1"], names(errors))
        self.assertEqual([fault, fault], list(errors.values())[:2])

    def test_requirements_that_are_none(self):
        found, errors = WorkingSet([]).find_plugins(shelf(dist("a 1", ">>"), dist("b 1")))
        self.assertEqual(["b 1"], names(found))
        self.assertEqual(["InvalidRequirement"], [type(each).__name__ for each in errors.values()])

    def test_what_the_installer_raises(self):
        fault = OSError("no network")

        def installer(requirement):
            raise fault

        self.assertIs(fault, self.failed(OSError, "a", installer=installer))
        found, errors = WorkingSet([]).find_plugins(shelf(dist("a 1", "lib"), dist("b 1")), None, installer)
        self.assertEqual((["b 1"], [fault]), (names(found), list(errors.values())))

    def test_interrupts_go_through(self):
        def installer(requirement):
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            WorkingSet([]).find_plugins(shelf(dist("a 1", "lib")), None, installer)
        with self.assertRaises(KeyboardInterrupt):
            WorkingSet([]).find_plugins(shelf(broken("a 1", KeyboardInterrupt())))

    def test_optimal(self):
        env = shelf(dist("a 1", "c"), dist("b 1", "c<2"), dist("c 1"), dist("c 2"), dist("c 3rc1"))
        asked = list(pkg_resources.parse_requirements("b\na"))
        self.failed(pkg_resources.ContextualVersionConflict, "b", "a", env=env)
        self.assertEqual(["c 1", "a 1", "b 1"], names(WorkingSet([]).resolve(asked, env, mode="optimal")))
        error = self.failed(pkg_resources.ContextualVersionConflict, "a", "c>1", "b", env=env, mode="optimal")
        self.assertEqual(("resolve-conflict", True), (error.code, error.message in str(error)))
        found, errors = WorkingSet([]).find_plugins(shelf(dist("a 1", "none"), dist("b 1")), mode="optimal")
        self.assertEqual(["b 1"], names(found))
        self.assertEqual([("a 1", "resolve-missing")], [(str(each), error.code) for each, error in errors.items()])
        with self.assertRaises(ValueError):
            WorkingSet([]).resolve(asked, env, mode="best")

    def test_optimal_parties(self):
        env = shelf(dist("a 1", "c>1"), dist("b 1", "c<2"), dist("c 1"), dist("c 2"))
        error = self.failed(pkg_resources.ContextualVersionConflict, "a", "b", env=env, mode="optimal")
        self.assertEqual(("c 2", "c<2", {"b"}), (str(error.dist), str(error.req), error.required_by))
        self.assertEqual("c 2 is installed but c<2 is required by {'b'}", error.report())
        self.assertEqual(("resolve-conflict", True), (error.code, str(error).startswith(error.message)))
        error = self.failed(pkg_resources.DistributionNotFound, "a", env=shelf(dist("a 1", "none>1")), mode="optimal")
        self.assertEqual(("none>1", {"a"}, "resolve-missing"), (str(error.req), error.requirers, error.code))
        self.assertTrue(error.hint)
        error = self.failed(pkg_resources.UnknownExtra, "c[x]", env=env, mode="optimal")
        self.assertEqual("resolve-extra", error.code)
        active = WorkingSet([])
        active.add(dist("c 1"))
        with self.assertRaises(pkg_resources.VersionConflict) as caught:
            active.resolve([Requirement("c>1")], env, mode="optimal")
        self.assertEqual(("c 1", "c>1", "resolve-mounted"),
                         (str(caught.exception.dist), str(caught.exception.req), caught.exception.code))
        self.assertEqual(["c 2"], names(active.resolve([Requirement("c>1")], env, None, True, mode="optimal")))

    def test_optimal_installer(self):
        def installer(requirement):
            return dist("lib 1", location="/shop") if requirement.key == "lib" else None

        found = WorkingSet([]).resolve([Requirement("a")], shelf(dist("a 1", "lib")), installer, mode="optimal")
        self.assertEqual(["lib 1", "a 1"], names(found))

    def test_optimal_metadata(self):
        fault = OSError("gone")
        found, errors = WorkingSet([]).find_plugins(shelf(broken("a 1", fault), dist("b 1")), mode="optimal")
        self.assertEqual(["b 1"], names(found))
        error, = errors.values()
        self.assertEqual(("resolve-metadata", True), (error.code, "OSError: gone" in str(error)))


class Distributions(unittest.TestCase):
    def test_order(self):
        least = Distribution("/a", None, "a", "1", None, None, -1)
        rising = [least, least.clone(platform="linux"), least.clone(py_version="3.11"), least.clone(location="/b"),
                  least.clone(project_name="b"), least.clone(precedence=3), least.clone(version="2")]
        self.assertEqual(rising, sorted(reversed(rising)))
        self.assertEqual(len(rising), len(set(rising)))
        self.assertEqual(hash(least), hash(least.clone()))
        self.assertTrue(least <= rising[1] and rising[1] >= least and rising[1] > least)
        self.assertNotEqual(least, "a 1")

    def test_version_that_is_none(self):
        old = Distribution("/a", None, "a", "1.0ubuntu-x")
        with self.assertRaisesRegex(axle.packaging.version.InvalidVersion, "package: a"):
            old.parsed_version
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self.assertEqual(["a 1.0ubuntu-x"], names(shelf(old)["a"]))
        self.assertEqual([DeprecationWarning], [each.category for each in caught])
        self.assertEqual(__file__, caught[0].filename)
        self.assertEqual("1.0.dev0+sanitized.ubuntu.x", str(old.parsed_version))

    def test_no_version(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self.assertEqual([], list(shelf(Distribution("/a", None, "a"))))
        self.assertIn("Missing 'Version:' header", str(caught[0].message))
        self.assertEqual("a [unknown version]", str(Distribution("/a", None, "a")))

    def test_names(self):
        egg = Distribution.from_filename("/x/Some_Name-1.0-py2.7-win32.egg")
        self.assertEqual(("Some-Name", "1.0", "2.7", "win32", "/x/Some_Name-1.0-py2.7-win32.egg"),
                         (egg.project_name, egg.version, egg.py_version, egg.platform, egg.location))
        self.assertEqual("Some_Name-1.0-py2.7-win32", egg.egg_name())
        self.assertEqual(Requirement("Some-Name==1.0"), egg.as_requirement())
        self.assertIs(DistInfoDistribution, type(Distribution.from_location("/x", "a-1.dist-info")))

    def test_unknown_names_are_the_providers(self):
        provider = Metadata()
        provider.origin = "shelf"
        one = Distribution("/a", provider, "a", "1")
        self.assertEqual("shelf", one.origin)
        self.assertIn("origin", dir(one))
        with self.assertRaises(AttributeError):
            one._origin

    def test_old_requirements(self):
        text = "a\n[x]\nb>=1\n[y:python_version<'3']\nc\n[:python_version>'3']\nd\n[z:nonsense]\ne"
        egg = Distribution("/a", Metadata(requires_txt=text), "egg", "1")
        self.assertEqual(["a", "d"], names(egg.requires()))
        self.assertEqual(["a", "d", "b>=1"], names(egg.requires(["X", "y", "z"])))
        self.assertEqual(["x", "y", "z"], egg.extras)

    def test_warns_of_what_was_imported(self):
        before = sys.path[:]
        self.addCleanup(sys.path.__setitem__, slice(None), before)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            Distribution("/nowhere", Metadata(top_level_txt="unittest\nnever_imported"), "a", "1").activate()
        self.assertEqual(1, len(caught))
        self.assertIn("module unittest was imported from", str(caught[0].message))
        self.assertEqual(before + ["/nowhere"], sys.path)

    def test_scripts(self):
        script = Metadata()
        script.files["scripts/hello"] = "print(f'hello from {__name__}')"
        working_set = WorkingSet([])
        working_set.add(Distribution("/a", script, "a", "1"))
        namespace = {"__name__": "caller", "working_set": working_set}
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec("working_set.run_script('a', 'hello')", namespace)
        self.assertEqual("hello from caller\n", out.getvalue())
        with self.assertRaises(pkg_resources.ResolutionError):
            working_set.require("a")[0].run_script("bye", {})


class EntryPoints(unittest.TestCase):
    def test_load(self):
        one = Distribution("/a", Metadata(entry_points_txt="[g]\nbase = os.path:join\nno = os:no\n"), "a", "1")
        self.assertIs(os.path.join, one.load_entry_point("g", "base"))
        for name in ("no", "absent"):
            with self.assertRaises(ImportError):
                one.load_entry_point("g", name)
        self.assertEqual({}, one.get_entry_map("absent"))

    def test_needs_a_distribution(self):
        with self.assertRaises(AttributeError):
            EntryPoint("a", "os").load()
        with self.assertRaises(pkg_resources.UnknownExtra):
            EntryPoint("a", "os", extras=["x"]).require()
        with self.assertWarns(pkg_resources.PkgResourcesDeprecationWarning):
            self.assertIs(os, EntryPoint("a", "os").load(require=False))

    def test_round_trip(self):
        for text in ("a = b", "a b = c.d:e.f", "a = b [x,y]", "a=b = c:d [x]"):
            self.assertEqual(text, str(EntryPoint.parse(text)))
            self.assertEqual(f"EntryPoint.parse({text!r})", repr(EntryPoint.parse(text)))

    def test_refused(self):
        for text in ("a", "= b", "a = b:c:d", "a = b [x]>1", "a = b-c", "a ="):
            with self.subTest(text), self.assertRaises(ValueError):
                EntryPoint.parse(text)
        for data in ("a = b", "[g]\na = b\na = c", "[g]\n[g]", "[g h]\na = b", "[g"):
            with self.subTest(data), self.assertRaises(ValueError):
                EntryPoint.parse_map(data)


class Texts(unittest.TestCase):
    def test_requirements(self):
        text = ["# none", "a>=1, \\ # more", "<2", ["b[X,y]; os_name == 'posix'"], "", "c # why"]
        self.assertEqual(["a<2,>=1", 'b[x,y]; os_name == "posix"', "c"], names(pkg_resources.parse_requirements(text)))
        for refused in ("", "a\nb", "a\\", ">=1", "a 1"):
            with self.subTest(refused), self.assertRaises(ValueError):
                Requirement.parse(refused)

    def test_matching(self):
        requirement = Requirement("some_name>=1.0")
        for inside in ("1.1rc1", pkg_resources.parse_version("2"), dist("some-name 2a1")):
            self.assertIn(inside, requirement)
        for outside in ("0.9", dist("some-name 0.9"), dist("some.name 2")):
            self.assertNotIn(outside, requirement)
        self.assertEqual([(">=", "1.0")], requirement.specs)
        self.assertNotEqual(requirement, axle.packaging.requirements.Requirement("some_name>=1.0"))

    def test_markers(self):
        self.assertTrue(pkg_resources.evaluate_marker("python_version >= '3'"))
        self.assertIs(False, pkg_resources.invalid_marker("python_version >= '3'"))
        self.assertIsInstance(pkg_resources.invalid_marker("python_version"), SyntaxError)
        with self.assertRaises(SyntaxError):
            pkg_resources.evaluate_marker("nonsense")

    def test_versions(self):
        for version, safe in (("1.0-1", "1.0.post1"), ("1.0 beta x", "1.0.beta.x"), ("$", "-")):
            self.assertEqual(safe, pkg_resources.safe_version(version))
        self.assertEqual("a_b", pkg_resources.to_filename("a-b"))

    def test_platforms(self):
        self.assertTrue(pkg_resources.compatible_platforms(None, "a") and pkg_resources.compatible_platforms("a", "a"))
        self.assertFalse(pkg_resources.compatible_platforms("a", "b"))

    def test_every_promised_name_is_there(self):
        self.assertEqual([], [name for name in pkg_resources.__all__ if not hasattr(pkg_resources, name)])
        self.assertEqual(sorted(pkg_resources.__all__, key=lambda name: name), sorted(set(pkg_resources.__all__)))
        self.assertLessEqual(set(pkg_resources.__all__), set(dir(pkg_resources)))
        with self.assertRaises(AttributeError):
            pkg_resources.declare_namespace


if __name__ == "__main__":
    unittest.main(verbosity=0)
