"""The distributions of a search path's entries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from ._distribution import DEVELOP_DIST, Distribution, WheelDistribution, normalize_path
from ._metadata import FileMetadata, PathMetadata, WheelMetadata
from ._native import WheelError, native


def find_distributions(
    path_item: str | os.PathLike[str], only: bool = False, unusable: dict[str, WheelError] | None = None
) -> Iterator[Distribution]:
    """What a folder has in wheels, `.dist-info` and `.egg-info`, in the order of their names; or the wheel itself.

    Wheels that do not fit this Python, or cannot be read, are left out and told to `unusable`. With `only`, no wheel of
    a folder: the folder on the path does not make it importable.
    """
    path = normalize_path(path_item)
    if path.lower().endswith(".whl"):
        yield from _usable([native.examine_wheel(path)], unusable)
        return
    names = _names(path)
    wheels = {}
    if not only and any(name.lower().endswith(".whl") for name in names):
        wheels = {os.path.basename(row[0]): row for row in native.scan_wheels(path)}
    for name in names:
        if name in wheels:
            yield from _usable([wheels[name]], unusable)
        elif name.lower().endswith((".dist-info", ".egg-info")):
            yield from distributions_from_metadata(os.path.join(path, name))


def distributions_from_metadata(path: str | os.PathLike[str]) -> Iterator[Distribution]:
    """The one of a metadata folder, unless it is empty, or of an egg-info file."""
    path = os.fspath(path)
    root, name = os.path.split(path)
    if os.path.isdir(path):
        if os.listdir(path):
            yield Distribution.from_location(root, name, PathMetadata(root, path), precedence=DEVELOP_DIST)
    elif name.lower().endswith(".egg-info"):
        yield Distribution.from_location(root, name, FileMetadata(path), precedence=DEVELOP_DIST)


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []


def _usable(rows: list[Any], unusable: dict[str, WheelError] | None) -> Iterator[Distribution]:
    for path, name, version, requires, extras, error in rows:
        if error is None:
            headers = {"Requires-Dist": requires, "Provides-Extra": extras}
            yield WheelDistribution(path, WheelMetadata(path), name, version, py_version=None, headers=headers)
        elif unusable is not None:
            unusable[path] = error
