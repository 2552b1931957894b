"""axle.pkg_resources beside pkg_resources itself: random worlds, the same answers in the same order.

usage: tst_pkg_resources_referee.py [WORLDS [FIRST_SEED]]
"""
import random
import sys
import unittest
import warnings

import axle.pkg_resources

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pkg_resources
except ImportError:
    print("skipped: there is no pkg_resources to compare with (Debian's python3-pkg-resources)")
    sys.exit(77)

MODULES = (pkg_resources, axle.pkg_resources)
VERSIONS = ("0.9", "1.0", "1.0.post1", "1.1rc1", "1.1", "1.9", "1.10", "2.0.dev3", "2.0", "2.0+local", "3.0a1")
SPECIFIERS = ("", "", "", "", "", "", "", "", "", "", ">=0.9", "<=3", "<2", ">=1.1", "==1.0", "!=1.9", "~=1.1", ">1.0,<2", "==2.*", ">=3", "<1.1", "===1.9")
MARKERS = ("", "", "", " ; python_version >= '3'", " ; python_version < '3'", " ; sys_platform == 'linux'",
           " ; extra == 'x'", " ; extra == 'y' and python_version >= '3'", " ; extra != 'x'")
NAMES = ("alpha", "Beta", "gamma-ray", "delta_wing", "eps", "Zeta", "eta9", "theta")


def world(random):
    """Projects with versions and what they need, as texts that both modules read."""
    names = random.sample(NAMES, random.randint(3, len(NAMES)))

    def requirement(with_marker):
        extra = random.choices(("", "[x]", "[Y]", "[z]"), (12, 3, 3, 0.3))[0]
        marker = random.choice(MARKERS) if with_marker else ""
        return random.choice(names if random.random() < 0.97 else ["absent"]) + extra + random.choice(SPECIFIERS) + marker

    def distribution(name, version):
        needs = [requirement(True) for _ in range(random.choice((0, 0, 1, 1, 2, 3)))]
        lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {need}" for need in needs)]
        lines += [f"Provides-Extra: {extra}" for extra in ("x", "y") if random.random() < 0.95]
        return name, version, "\n".join(lines)

    def shelf(likelihood):
        return [distribution(name, version) for name in names if random.random() < likelihood
                for version in random.sample(VERSIONS, random.randint(1, 4))]

    return {"plugins": shelf(0.7), "libraries": shelf(0.95), "installable": shelf(0.4), "active": shelf(0.1),
            "requirements": [requirement(random.random() < 0.3) for _ in range(random.randint(1, 4))],
            "installer": random.random() < 0.4, "fallback": random.random() < 0.7, "full": random.random() < 0.7,
            "replace": random.random() < 0.4, "environment": random.random() < 0.95,
            "extras": random.choice((None, None, ("x",)))}


class World:
    """One world as one of the modules sees it."""

    def __init__(self, module, texts):
        self.module, self.texts = module, texts

    def distribution(self, name, version, text):
        class Metadata(self.module.EmptyProvider):
            def has_metadata(self, name):
                return name == "METADATA"

            def get_metadata(self, name):
                return text

        return self.module.DistInfoDistribution("/shelf", Metadata(), project_name=name, version=version)

    def environment(self, shelf):
        result = self.module.Environment([])
        for each in self.texts[shelf]:
            result.add(self.distribution(*each))
        return result

    def installer(self):
        available = [self.distribution(*each) for each in self.texts["installable"]]
        self.asked = []

        def install(requirement):
            self.asked.append(str(requirement))
            return next((dist for dist in available if dist in requirement), None)

        return install if self.texts["installer"] else None

    def working_set(self):
        result = self.module.WorkingSet([])
        self.told = []
        result.subscribe(lambda dist: self.told.append(str(dist)))
        for each in self.texts["active"]:
            result.add(self.distribution(*each))
        return result

    def describe(self, error):
        text = [type(error).__name__]
        for name in ("dist", "req", "requirers", "required_by"):
            party = getattr(error, name, None)
            text.append(sorted(party) if isinstance(party, set) else party and str(party))
        return text

    def resolved(self):
        requirements = self.module.parse_requirements(self.texts["requirements"])
        environment = self.environment("libraries") if self.texts["environment"] else None
        try:
            found = self.working_set().resolve(
                requirements, environment, self.installer(), self.texts["replace"], self.texts["extras"])
        except self.module.ResolutionError as error:
            return self.describe(error), self.asked
        return [str(dist) for dist in found], self.asked

    def plugins(self):
        full = self.environment("libraries") if self.texts["full"] else None
        working_set = self.working_set()
        found, errors = working_set.find_plugins(
            self.environment("plugins"), full, self.installer(), self.texts["fallback"])
        for dist in found:
            working_set.add(dist)
        return ([str(dist) for dist in found], [(str(dist), self.describe(error)) for dist, error in errors.items()],
                self.asked, self.told, [str(dist) for dist in working_set])

    def available(self):
        environment = self.environment("plugins") + self.environment("libraries")
        return [(project, [str(dist) for dist in environment[project]]) for project in environment]

    def needs(self):
        def of(dist, extras):
            try:
                return [str(each) for each in dist.requires(extras)]
            except self.module.UnknownExtra as error:
                return str(error)

        dists = [self.distribution(*each) for each in self.texts["plugins"]]
        return [(str(dist), sorted(dist.extras), of(dist, ()), of(dist, ("x",)), of(dist, ("y", "X"))) for dist in dists]


class SameAnswers(unittest.TestCase):
    worlds, first = 500, 0

    def check(self, question):
        for seed in range(self.first, self.first + self.worlds):
            texts = world(random.Random(seed))
            expected, got = (question(World(module, texts)) for module in MODULES)
            self.assertEqual(expected, got, f"world {seed}: {texts}")

    def test_available(self):
        self.check(World.available)

    def test_needs(self):
        self.check(World.needs)

    def test_resolve(self):
        self.check(World.resolved)

    def test_find_plugins(self):
        self.check(World.plugins)


if __name__ == "__main__":
    numbers = [int(sys.argv.pop(1)) for _ in sys.argv[1:3]]
    SameAnswers.worlds, SameAnswers.first = (*numbers, *(SameAnswers.worlds, SameAnswers.first)[len(numbers):])
    unittest.main(verbosity=0)
