"""How many plugins of a data set can live together, by MaxSAT: optimum.py DATASET, with ../shared/bench importable.

The kit's own oracle.py judges pre-releases by each requirement alone. Here they are judged as the resolver does: one
may be chosen where a requirement in force names a pre-release, or where those in force together admit no final release.
"""
import pathlib
import sys

import common
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

Candidate = tuple[int, int]  # project or project[extra], and version, by their numbers in the kit's model


class Universe:
    def __init__(self, model) -> None:
        self.model = model
        self.formula = WCNF()
        candidates = [(p, i) for p, usable in enumerate(model.usable) for i in sorted(usable)]
        self.chosen: dict[Candidate, int] = {candidate: number for number, candidate in enumerate(candidates, 1)}
        self.wanted = {root: len(candidates) + number for number, root in enumerate(model.roots, 1)}
        self.admitted: dict[tuple[int, str], set[int]] = {}
        self.needs: dict[int, list[tuple[Candidate, set[int], bool]]] = {p: [] for p in range(len(model.names))}

    def admits(self, project: int, text: str) -> tuple[set[int], bool]:
        """Which versions the requirement admits, pre-releases among them, and whether it names one."""
        specifiers: SpecifierSet = Requirement(text).specifier
        key = (project, str(specifiers))
        if key not in self.admitted:
            self.admitted[key] = {i for i, version in enumerate(self.model.vobj[project])
                                  if specifiers.contains(version, prereleases=True)}
        return self.admitted[key], any(Version(s.version.removesuffix(".*")).is_prerelease for s in specifiers)

    def choices(self, project: int, admitted: set[int]) -> list[int]:
        return [self.chosen[project, i] for i in sorted(admitted) if (project, i) in self.chosen]

    def add_requirements(self) -> None:
        for candidate, number in self.chosen.items():
            is_extra = candidate[0] >= self.model.nreal
            for position, (text, project, allowed) in enumerate(self.model.deps[candidate[0]][candidate[1]]):
                if project < 0:
                    self.formula.append([-number])
                    continue
                # The first need of an extra is its own project in the same version, which no requirement asks for.
                is_asked = not is_extra or position > 0
                admitted, is_named = self.admits(project, text) if is_asked else (set(allowed), False)
                self.formula.append([-number, *self.choices(project, admitted)])
                self.needs[project].append((candidate, admitted, is_named))

    def add_choices(self) -> None:
        """One version of each project, and of none that nothing needs."""
        for project, usable in enumerate(self.model.usable):
            numbers = self.choices(project, usable)
            self.formula.extend([[-a, -b] for position, a in enumerate(numbers) for b in numbers[:position]])
            needed = [self.chosen[candidate] for candidate, _, _ in self.needs[project]]
            if project in self.wanted:
                needed.append(self.wanted[project])
                self.formula.append([-self.wanted[project], *numbers])
                self.formula.append([self.wanted[project]], weight=1)
            self.formula.extend([[-number, *needed] for number in numbers])

    def add_prerelease_rule(self) -> None:
        for project, versions in enumerate(self.model.vobj[:self.model.nreal]):
            finals = [i for i in self.model.usable[project] if not versions[i].is_prerelease]
            called = [self.chosen[candidate] for candidate, _, is_named in self.needs[project] if is_named]
            for i in self.model.usable[project] - set(finals):
                for final in finals:
                    refusing = [self.chosen[candidate] for candidate, admitted, _ in self.needs[project]
                                if final not in admitted]
                    self.formula.append([-self.chosen[project, i], *called, *refusing])

    def optimum(self) -> int:
        self.add_requirements()
        self.add_choices()
        self.add_prerelease_rule()
        with RC2(self.formula) as solver:
            solver.compute()
            return len(self.wanted) - solver.cost


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    (folder / "optimum.txt").write_text(f"{Universe(common.load(str(folder))).optimum()}\n")
