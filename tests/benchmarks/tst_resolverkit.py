"""Every data set of ../shared/bench: the plan keeps every requirement, and has as many plugins as can live together.

usage: tst_resolverkit.py PROGRAM        axle-bench-resolver, which the target `benchmarks` builds

Needs what `./dev bench resolver` leaves in the user's cache. What a requirement admits is read from the kit's flat.txt,
which pypa/packaging has evaluated.
"""
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

import kit
import peers

PROGRAM = pathlib.Path(sys.argv.pop(1))
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "axle-bench-peers"
PRERELEASE = re.compile(r"\d(a|b|rc|\.dev)\d")


def admits(requirement: str, version: str) -> bool:
    """Whether it does so when pre-releases may be chosen."""
    from packaging.requirements import Requirement  # a peer, and not the suite beside this file
    return Requirement(requirement).specifier.contains(version, prereleases=True)


@dataclasses.dataclass
class Version:
    text: str
    is_usable: bool
    needs: list[tuple[int, set[int], str]]  # project, versions admitted, as written


@dataclasses.dataclass
class Project:
    name: str  # or name[extra]
    versions: list[Version]


def read_projects(path: pathlib.Path) -> list[Project]:
    projects: list[Project] = []
    for line in path.read_text().splitlines()[1:]:
        numbers, _, text = line.partition(" | ")
        kind, *fields = numbers.split()
        if kind == "P":
            projects.append(Project(fields[0], []))
        elif kind == "V":
            projects[-1].versions.append(Version(fields[0], fields[1] == "1", []))
        elif kind == "D":
            projects[-1].versions[-1].needs.append((int(fields[0]), set(map(int, fields[2:])), text))
    return projects


def keeps(project: Project, choice: int, admitted: set[int], requirement: str) -> bool:
    # The kit judges pre-releases by each requirement alone, the resolver by all that are in force.
    version = project.versions[choice].text
    return choice in admitted or bool(PRERELEASE.search(version)) and admits(requirement, version)


def violations(projects: list[Project], plan: dict[str, str]) -> list[str]:
    """Requirements of the plan's distributions that the plan does not keep."""
    chosen = {number: next((i for i, version in enumerate(project.versions)
                            if version.text == plan.get(project.name.partition("[")[0])), None)
              for number, project in enumerate(projects)}
    open_numbers = [number for number, project in enumerate(projects) if project.name in plan]
    wrong, seen = [], set(open_numbers)
    while open_numbers:
        number = open_numbers.pop()
        version = projects[number].versions[chosen[number]]
        title = f"{projects[number].name} {version.text}"
        if not version.is_usable:
            wrong.append(f"{title} cannot be used")
        for needed, admitted, text in version.needs:
            choice = chosen.get(needed)
            if choice is None or not keeps(projects[needed], choice, admitted, text):
                wrong.append(f"{title} needs {text}")
            elif needed not in seen:  # an extra
                seen.add(needed)
                open_numbers.append(needed)
    return wrong


def choose(folder: pathlib.Path, wish: str) -> dict:
    done = subprocess.run([PROGRAM, folder / "graph.json", "1", wish], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


class Kit(unittest.TestCase):
    def test_plans(self):
        for name in kit.NAMES:
            with self.subTest(name):
                data = kit.DataSet(kit.folder_in(CACHE) / name)
                answer = choose(data.folder, "plan")
                roots = set((data.folder / "roots.txt").read_text().split())
                self.assertEqual(violations(read_projects(data.folder / "flat.txt"), answer["plan"]), [])
                self.assertEqual(roots & answer["plan"].keys(), roots - set(answer["left_out"]))
                self.assertEqual(answer["loaded"], data.optimum())
                self.assertTrue(all(answer["reasons"].values()))

    def test_the_order_of_files_changes_nothing(self):
        for name in kit.NAMES:
            with self.subTest(name):
                folder = kit.folder_in(CACHE) / name
                first, second = choose(folder, "plan"), choose(folder, "reversed")
                for part in ("plan", "reasons"):
                    self.assertFalse(first[part].items() ^ second[part].items())

    def test_a_violation_is_noticed(self):
        projects = [Project("a", [Version("1", True, [(1, {0}, "b>=2")])]),
                    Project("b", [Version("2", True, []), Version("1", False, [])])]
        self.assertEqual(violations(projects, {"a": "1", "b": "2"}), [])
        self.assertEqual(violations(projects, {"a": "1"}), ["a 1 needs b>=2"])
        self.assertEqual(sorted(violations(projects, {"a": "1", "b": "1"})), ["a 1 needs b>=2", "b 1 cannot be used"])


if __name__ == "__main__":
    absent = [path for path in (PROGRAM, *(kit.folder_in(CACHE) / name for name in kit.NAMES)) if not path.exists()]
    if absent:
        print(f"skipped: there is no '{absent[0]}'; ./dev bench resolver makes it")
        sys.exit(77)
    sys.path.insert(0, str(peers.install(kit.PEERS, CACHE)))
    unittest.main()
