"""What is available."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Optional

from ._distribution import PY_MAJOR, Distribution
from ._errors import VersionConflict
from ._finders import find_distributions
from ._native import WheelError, native
from ._requirement import Requirement

if TYPE_CHECKING:
    from ._working_set import WorkingSet

Installer = Callable[[Requirement], Optional[Distribution]]


def get_supported_platform() -> str:
    """This platform, as eggs name it: `linux-x86_64`."""
    return sysconfig.get_platform()


def compatible_platforms(provided: str | None, required: str | None) -> bool:
    """Whether what is made for one runs on the other; None is any."""
    return provided is None or required is None or provided == required


class Environment:
    """Distributions by project, several versions of each, the newest first.

    What is found on the search path is in it; a wheel that cannot be used is in `unusable`, {path: WheelError}.
    """

    def __init__(
        self,
        search_path: Iterable[str] | None = None,
        platform: str | None = get_supported_platform(),
        python: str | None = PY_MAJOR,
    ) -> None:
        self.platform = platform
        self.python = python
        self.unusable: dict[str, WheelError] = {}
        self.native = native.Environment()
        self.scan(search_path)

    def scan(self, search_path: Iterable[str] | None = None) -> None:
        """Adds what is on the search path, sys.path unless given."""
        for item in sys.path if search_path is None else search_path:
            for dist in find_distributions(item, unusable=self.unusable):
                self.add(dist)

    def can_add(self, dist: Distribution) -> bool:
        """Whether it fits the platform and Python that the environment is for."""
        python = self.python is None or dist.py_version is None or dist.py_version == self.python
        return python and compatible_platforms(dist.platform, self.platform)

    def add(self, dist: Distribution) -> None:
        """Takes it, where it fits and is not there yet."""
        if self.can_add(dist) and dist.has_version():
            self.native.add(dist)

    def remove(self, dist: Distribution) -> None:
        """Takes it out; a ValueError where it is not there."""
        if not self.native.remove(dist):
            raise ValueError(f"{dist!r} is not in the environment")

    def __getitem__(self, project_name: str) -> list[Distribution]:
        """The project's, the newest first."""
        return self.native.distributions(project_name)

    def __iter__(self) -> Iterator[str]:
        """The keys of the projects."""
        return iter(self.native.projects())

    def best_match(
        self,
        req: Requirement,
        working_set: WorkingSet,
        installer: Installer | None = None,
        replace_conflicting: bool = False,
    ) -> Distribution | None:
        """The active one, if it fits; else the newest here that does; else what the installer gets."""
        try:
            active = working_set.find(req)
        except VersionConflict:
            if not replace_conflicting:
                raise
            active = None
        if active is not None:
            return active
        return next((dist for dist in self[req.key] if dist in req), None) or self.obtain(req, installer)

    def obtain(self, requirement: Requirement, installer: Installer | None = None) -> Distribution | None:
        """What the installer gets. To be overridden by who has other ways."""
        return installer(requirement) if installer else None

    def __iadd__(self, other: Distribution | Environment) -> Environment:
        if isinstance(other, Distribution):
            self.add(other)
            return self
        if not isinstance(other, Environment):
            raise TypeError(f"{other!r} is neither a distribution nor an environment")
        self.unusable.update(other.unusable)
        for project in other:
            for dist in other[project]:
                self.add(dist)
        return self

    def __add__(self, other: Distribution | Environment) -> Environment:
        """All of both, whatever they are restricted to."""
        result = type(self)([], platform=None, python=None)
        for each in (self, other):
            result += each
        return result
