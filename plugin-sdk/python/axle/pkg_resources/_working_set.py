"""What is active, and what could be."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from ._distribution import Distribution, normalize_path
from ._entry_point import EntryPoint
from ._environment import Environment, Installer
from ._errors import VersionConflict, to_exception
from ._finders import find_distributions
from ._native import native
from ._requirement import Requirement, parse_requirements
from ._text import NestedText

Callback = Callable[[Distribution], object]
Mode = Literal["compatible", "optimal"]


def _is_optimal(mode: Mode) -> bool:
    if mode not in ("compatible", "optimal"):
        raise ValueError(f"the mode is {mode!r}, expected 'compatible' or 'optimal'")
    return mode == "optimal"


class WorkingSet:
    """The active distributions, at most one of a project, on a search path.

    `mode` of `resolve`, `require` and `find_plugins` says how it is chosen: "compatible", as pkg_resources did, or
    "optimal", by a complete search (docs/reference/pkg_resources.md).
    """

    def __init__(self, entries: Iterable[str | os.PathLike[str]] | None = None) -> None:
        self._set = native.WorkingSet(normalize_path)
        self._callbacks: list[Callback] = []
        self._removal_callbacks: list[Callback] = []
        for entry in sys.path if entries is None else entries:
            self.add_entry(entry)

    @property
    def entries(self) -> list[str]:
        """A copy: add_entry() and add() extend it."""
        return self._set.entries()

    @property
    def by_key(self) -> dict[str, Distribution]:
        """A copy: {key: the active distribution}"""
        return {dist.key: dist for dist in self}

    @property
    def callbacks(self) -> list[Callback]:
        """A copy: subscribe() and unsubscribe() change it."""
        return list(self._callbacks)

    def add_entry(self, entry: str | os.PathLike[str]) -> None:
        """Appends it, also where it is there already, and makes active what it has of projects that have no active one."""
        entry = os.fspath(entry)
        self._set.append_entry(entry)
        for dist in find_distributions(entry, only=True):
            self.add(dist, entry, insert=False)

    def __contains__(self, dist: Distribution) -> bool:
        return self._set.active_by_key(dist.key) == dist

    def __iter__(self) -> Iterator[Distribution]:
        """In the order of the entries; within one, in that of adding."""
        return iter(self._set.distributions())

    def find(self, req: Requirement) -> Distribution | None:
        """The active distribution of the project, or None; VersionConflict where it does not fit."""
        dist = self._set.active(req.key)
        if dist is None:
            return None
        req.key = dist.key
        if dist not in req:
            raise VersionConflict(dist, req)
        return dist

    def iter_entry_points(self, group: str, name: str | None = None) -> Iterator[EntryPoint]:
        """Those of the group, or of the group and name, in the order of the distributions."""
        for dist in self:
            for entry in dist.get_entry_map(group).values():
                if name is None or name == entry.name:
                    yield entry

    def run_script(self, requires: str, script_name: str) -> None:
        """Runs a script of a distribution's metadata in place of the caller's module."""
        namespace = sys._getframe(1).f_globals
        name = namespace["__name__"]
        namespace.clear()
        namespace["__name__"] = name
        self.require(requires)[0].run_script(script_name, namespace)

    # What changes it

    def add(self, dist: Distribution, entry: str | None = None, insert: bool = True, replace: bool = False) -> None:
        """Makes it active, unless its project has an active one and `replace` is not set; tells the subscribers.

        Its location, or `entry`, comes on the entries, unless `insert` is not set.
        """
        before = self._set.active_by_key(dist.key)
        place = os.fspath(entry or dist.location or "")
        is_new = (self._set.add if insert else self._set.add_found)(dist, place, replace)
        if not is_new:
            return
        if before is not None:
            self._removed(before)
        self._added_new(dist)

    def remove(self, dist: Distribution) -> None:
        """Makes it inactive again and tells the subscribers; a ValueError where it is not active."""
        if not self._set.remove(dist):
            raise ValueError(f"{dist!r} is not active")
        self._removed(dist)

    def subscribe(self, callback: Callback, existing: bool = True, *, removal: bool = False) -> None:
        """Has `callback(dist)` called for each that is added, with `existing` for those that are there as well; or, with
        `removal`, for each that is removed or replaced. Once is enough."""
        callbacks = self._removal_callbacks if removal else self._callbacks
        if callback in callbacks:
            return
        callbacks.append(callback)
        if existing and not removal:
            for dist in self:
                callback(dist)

    def unsubscribe(self, callback: Callback) -> None:
        """It is not called any more; a ValueError where it never was subscribed."""
        known = [each for each in (self._callbacks, self._removal_callbacks) if callback in each]
        if not known:
            raise ValueError(f"{callback!r} is not subscribed")
        for callbacks in known:
            callbacks.remove(callback)

    def _added_new(self, dist: Distribution) -> None:
        for callback in list(self._callbacks):
            callback(dist)

    def _removed(self, dist: Distribution) -> None:
        for callback in list(self._removal_callbacks):
            callback(dist)

    # What chooses

    def resolve(
        self,
        requirements: Iterable[Requirement],
        env: Environment | None = None,
        installer: Installer | None = None,
        replace_conflicting: bool = False,
        extras: Iterable[str] | None = None,
        *,
        mode: Mode = "compatible",
    ) -> list[Distribution]:
        """All that meets the requirements, with what they need in turn; a ResolutionError where that cannot be.

        Chosen from what is active, then from `env`, or without it what is on the entries; what is in neither, the
        installer may get. An active one that does not fit is a VersionConflict, or with `replace_conflicting` gives way.
        """
        dists, failure = self._set.resolve(
            [str(each) for each in requirements],
            None if env is None else env.native,
            lambda: Environment(self.entries).native,
            _obtaining(env, installer),
            replace_conflicting,
            list(extras or ()),
            _is_optimal(mode),
        )
        if failure is not None:
            raise to_exception(failure)
        return dists

    def require(self, *requirements: NestedText, mode: Mode = "compatible") -> list[Distribution]:
        """Makes active what the requirements need, and gives all of it."""
        needed = self.resolve(parse_requirements(requirements), mode=mode)
        for dist in needed:
            self.add(dist)
        return needed

    def find_plugins(
        self,
        plugin_env: Environment,
        full_env: Environment | None = None,
        installer: Installer | None = None,
        fallback: bool = True,
        *,
        mode: Mode = "compatible",
    ) -> tuple[list[Distribution], dict[Distribution, Exception]]:
        """The plugins of `plugin_env` that can be active together, with what they need; and why each other cannot.

        Nothing is made active: `for dist in dists: working_set.add(dist)` does that. Libraries come from `full_env` as
        well, or without it from what is on the entries. Without `fallback`, a plugin's newest version or none. The errors
        are of all that was tried in vain, in that order; a plugin whose metadata is bad is among them.
        """
        available = (Environment(self.entries) if full_env is None else full_env) + plugin_env
        dists, failed = self._set.find_plugins(
            plugin_env.native, available.native, _obtaining(available, installer), fallback, _is_optimal(mode)
        )
        return dists, {dist: to_exception(failure) for dist, failure in failed}


def _obtaining(env: Environment | None, installer: Installer | None) -> Any:
    """What the native part calls for what is missing."""
    if env is not None:
        return lambda text: env.obtain(Requirement(text), installer)
    return None if installer is None else lambda text: installer(Requirement(text))
