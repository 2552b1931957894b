"""`axle.resolve` under a stock python."""
import os
import pathlib
import unittest

import axle
from tst_wheel import Case, build


class Resolve(Case):
    def setUp(self):
        super().setUp()
        self.plugins = os.path.join(self.folder, "plugins")
        os.mkdir(self.plugins, 0o700)

    def shelve(self, name, version, *needs, **headers):
        metadata = "".join(f"Requires-Dist: {need}\n" for need in needs)
        metadata += "".join(f"{header.replace('_', '-')}: {value}\n" for header, value in headers.items())
        build(self.plugins, {f"{name.lower()}.py": ""}, name=name, version=version, metadata=metadata)

    def resolve(self, *requirements, **options):
        return axle.resolve(self.plugins, requirements, **options)

    def failed(self, *requirements, **options):
        with self.assertRaises(axle.ResolutionError) as caught:
            self.resolve(*requirements, **options)
        return caught.exception

    def test_what_fits_together(self):
        self.shelve("Heat_Map", "2.1", "geo-core")
        self.shelve("route_kit", "5.0", "Geo.Core<3")
        self.shelve("geo_core", "2.4")
        self.shelve("geo_core", "3.1")
        self.shelve("unneeded", "1")
        self.assertEqual([("geo-core", "2.4"), ("heat-map", "2.1"), ("route-kit", "5.0")],
                         list(self.resolve("heat-map", "route-kit").items()))
        self.assertEqual({"geo-core": "3.1"}, self.resolve("geo-core"))
        self.assertEqual({}, self.resolve())

    def test_whatever_names_it(self):
        self.shelve("a", "1")
        requirements = [axle.packaging.requirements.Requirement("a>=1"), axle.pkg_resources.Requirement.parse("a<2")]
        self.assertEqual({"a": "1"}, axle.resolve(pathlib.Path(self.plugins), iter(requirements)))

    def test_environment(self):
        self.shelve("a", "1", "b; sys_platform == 'win32'", "c; python_version == '3.4'")
        self.shelve("b", "1")
        self.shelve("b", "2", Requires_Python=">=3.12")
        self.shelve("c", "1")
        self.assertEqual({"a": "1"}, self.resolve("a"))
        self.assertEqual({"a": "1", "b": "1"}, self.resolve("a", environment={"sys_platform": "win32"}))
        self.assertEqual({"a": "1", "c": "1"}, self.resolve("a", environment={"python_version": "3.4"}))
        for version, expected in (("3.12.0", "2"), ("3.12.0rc1", "1"), ("3.13.1+", "2")):
            self.assertEqual({"b": expected}, self.resolve("b", environment={"python_full_version": version}))
        with self.assertRaises(axle.packaging.version.InvalidVersion):
            self.resolve("b", environment={"python_full_version": "new"})

    def test_prereleases(self):
        self.shelve("a", "1")
        self.shelve("a", "2rc1")
        self.shelve("b", "1rc1")
        self.assertEqual({"a": "1"}, self.resolve("a"))
        self.assertEqual({"a": "2rc1"}, self.resolve("a", prereleases=True))
        self.assertEqual({"a": "2rc1"}, self.resolve("a>=2rc1"))
        self.assertEqual({"b": "1rc1"}, self.resolve("b"))
        self.assertEqual("resolve-prerelease", self.failed("b", prereleases=False).code)

    def test_failure(self):
        self.shelve("a", "1", "c<2")
        self.shelve("b", "1", "c>=2")
        self.shelve("c", "1")
        self.shelve("c", "2")
        error = self.failed("a", "b")
        self.assertEqual("resolve-conflict", error.code)
        self.assertTrue(str(error).startswith(error.message))
        self.assertIn("a-1-py3-none-any.whl", error.details)
        missing = self.failed("none")
        self.assertEqual("resolve-missing", missing.code)
        self.assertTrue(missing.hint)
        self.assertEqual((missing.message, ""), (missing.found, missing.expected))
        self.assertEqual("resolve-extra", self.failed("a[x]").code)
        for cause in error.causes:
            self.assertIsInstance(cause, axle.ResolutionError)

    def test_one_bad_wheel_costs_no_other(self):
        self.shelve("a", "1")
        with open(os.path.join(self.plugins, "a-2-py3-none-any.whl"), "wb") as file:
            file.write(b"no zip")
        self.assertEqual({"a": "1"}, self.resolve("a"))
        error = self.failed("a>1")
        self.assertEqual("resolve-unusable", error.code)
        self.assertIn("a-2-py3-none-any.whl", error.details)

    def test_no_requirement(self):
        with self.assertRaisesRegex(axle.packaging.requirements.InvalidRequirement, "'>1'|>1"):
            self.resolve(">1")

    def test_no_folder(self):
        with self.assertRaises(axle.ResolutionError) as caught:
            axle.resolve(os.path.join(self.folder, "nowhere"), [])
        self.assertEqual("folder-unreadable", caught.exception.code)
        for arguments in ((1, []), (self.plugins, 1), (self.plugins, [], 1)):
            with self.assertRaises(TypeError):
                axle.resolve(*arguments)


if __name__ == "__main__":
    unittest.main(verbosity=0)
