"""Names of projects and of distribution files: PEP 503, 427 and 625."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NewType

from ._native import native as _native
from .tags import InvalidTag, Tag, UnsortedTagsError, parse_tag
from .version import InvalidVersion, Version

__all__ = [
    "BuildTag",
    "InvalidName",
    "InvalidSdistFilename",
    "InvalidWheelFilename",
    "NormalizedName",
    "canonicalize_name",
    "canonicalize_version",
    "is_normalized_name",
    "parse_sdist_filename",
    "parse_wheel_filename",
]

BuildTag = tuple[()] | tuple[int, str]
NormalizedName = NewType("NormalizedName", str)

if TYPE_CHECKING:

    class InvalidName(ValueError):
        """A text that is no name of a project."""

    def canonicalize_name(name: str, *, validate: bool = False) -> NormalizedName: ...
    def canonicalize_version(version: Version | str, *, strip_trailing_zero: bool = True) -> str: ...
    def is_normalized_name(name: str) -> bool: ...

else:
    InvalidName = _native.InvalidName
    canonicalize_name = _native.canonicalize_name
    canonicalize_version = _native.canonicalize_version
    is_normalized_name = _native.is_normalized_name


class InvalidWheelFilename(ValueError):
    """A text that is no file name of a wheel."""


class InvalidSdistFilename(ValueError):
    """A text that is no file name of a source distribution."""


_PROJECT_NAME = re.compile(r"[\w.]+")
_BUILD_TAG = re.compile(r"(\d+)(.*)", re.ASCII)


def _version(text: str, filename: str, error: type[ValueError]) -> Version:
    try:
        return Version(text)
    except InvalidVersion as cause:
        raise error(f"{filename!r} has the version {text!r}, which is none") from cause


def parse_wheel_filename(
    filename: str, *, validate_order: bool = False
) -> tuple[NormalizedName, Version, BuildTag, frozenset[Tag]]:
    """Name, version, build tag and tags of a wheel's file name."""
    if not filename.endswith(".whl"):
        raise InvalidWheelFilename(f"{filename!r} does not end with '.whl'")
    parts = filename[:-4].split("-")
    if len(parts) not in (5, 6):
        raise InvalidWheelFilename(f"{filename!r} has {len(parts)} parts, expected 5 or 6")
    if "__" in parts[0] or not _PROJECT_NAME.fullmatch(parts[0]):
        raise InvalidWheelFilename(f"{filename!r} has the project name {parts[0]!r}, which is none")
    version = _version(parts[1], filename, InvalidWheelFilename)
    build: BuildTag = ()
    if len(parts) == 6:
        match = _BUILD_TAG.match(parts[2])
        if match is None:
            raise InvalidWheelFilename(f"{filename!r} has the build tag {parts[2]!r}, expected a digit first")
        build = (int(match[1]), match[2])
    try:
        tags = parse_tag("-".join(parts[-3:]), validate_order=validate_order)
    except (InvalidTag, UnsortedTagsError) as error:
        raise InvalidWheelFilename(f"{filename!r}: {error}") from error
    return canonicalize_name(parts[0]), version, build, tags


def parse_sdist_filename(filename: str) -> tuple[NormalizedName, Version]:
    """Name and version of a source distribution's file name."""
    for ending in (".tar.gz", ".zip"):
        if filename.endswith(ending):
            name, dash, version = filename.removesuffix(ending).rpartition("-")
            break
    else:
        raise InvalidSdistFilename(f"{filename!r} does not end with '.tar.gz' or '.zip'")
    if not dash or not name:
        raise InvalidSdistFilename(f"{filename!r} has no '-' between a name and a version")
    return canonicalize_name(name), _version(version, filename, InvalidSdistFilename)
