"""The working set of this process: sys.path, and what is added to it."""

from __future__ import annotations

import functools
from typing import Any

from ._distribution import Distribution
from ._entry_point import EntryPoint
from ._requirement import Requirement
from ._working_set import WorkingSet


@functools.cache
def master() -> WorkingSet:
    """What is added to it becomes importable, and what is removed is so no more."""
    working_set = WorkingSet()
    working_set.subscribe(lambda dist: dist.activate(replace=True), existing=False)
    working_set.subscribe(lambda dist: dist.deactivate(), removal=True)
    return working_set


def get_distribution(dist: Distribution | Requirement | str) -> Distribution:
    """The active one of the requirement, which is made active where it is not."""
    if isinstance(dist, str):
        dist = Requirement.parse(dist)
    if isinstance(dist, Requirement):
        return master().find(dist) or master().require(str(dist))[0]
    if not isinstance(dist, Distribution):
        raise TypeError(f"{dist!r} is no text, requirement or distribution")
    return dist


def get_entry_map(dist: Distribution | Requirement | str, group: str | None = None) -> dict[str, Any]:
    return get_distribution(dist).get_entry_map(group)


def get_entry_info(dist: Distribution | Requirement | str, group: str, name: str) -> EntryPoint | None:
    return get_distribution(dist).get_entry_info(group, name)


def load_entry_point(dist: Distribution | Requirement | str, group: str, name: str) -> Any:
    return get_distribution(dist).load_entry_point(group, name)
