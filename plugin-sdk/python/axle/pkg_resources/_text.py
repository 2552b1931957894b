"""Names, versions and lines of text, as metadata files have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Union

from ..packaging.version import InvalidVersion, Version
from ._native import native

NestedText = Union[str, Iterable["NestedText"]]

parse_version = Version
safe_name = native.safe_name
safe_extra = native.safe_extra

_RELEASE = re.compile(r"v?((?:\d+!)?\d+(?:\.\d+)*)", re.IGNORECASE | re.ASCII)
_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")


def safe_version(version: str) -> str:
    """The normal form of a version; of what is none, the text without characters that a file name cannot have."""
    try:
        return str(Version(version))
    except InvalidVersion:
        return _UNSAFE.sub("-", version.replace(" ", "."))


def forgiving_version(version: str) -> Version:
    """A version for what is none: a development release of as many numbers as it begins with, and the rest as its label."""
    text = version.replace(" ", ".")
    match = _RELEASE.match(text)
    release, rest = (match[1], text[match.end() :]) if match else ("0", text)
    label = ".".join(part for part in re.split(r"[^A-Za-z0-9]+", rest) if part)
    return Version(f"{release}.dev0+sanitized" + (f".{label}" if label else ""))


def to_filename(name: str) -> str:
    """A name or version as a part of a file name, where `-` separates the parts."""
    return name.replace("-", "_")


def yield_lines(text: NestedText) -> Iterator[str]:
    """The lines of a text, or of texts in whatever nesting: stripped, without empty ones and comments."""
    if not isinstance(text, str):
        for each in text:
            yield from yield_lines(each)
        return
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith("#"):
            yield line


def logical_lines(text: NestedText) -> Iterator[str]:
    """The same, without what stands behind ` #`, and with lines joined where one ends with a backslash."""
    begun = ""
    for line in yield_lines(text):
        line = begun + line.partition(" #")[0].rstrip()
        if line.endswith("\\"):
            begun = line[:-1].rstrip()
        else:
            begun = ""
            yield line


def split_sections(text: NestedText) -> Iterator[tuple[str | None, list[str]]]:
    """(name, lines) of each `[name]`; what stands before the first has no name."""
    name: str | None = None
    lines: list[str] = []
    for line in yield_lines(text):
        if not line.startswith("["):
            lines.append(line)
            continue
        if not line.endswith("]"):
            raise ValueError(f"{line!r} begins a section, but does not end with ']'")
        if name or lines:
            yield name, lines
        name, lines = line[1:-1].strip(), []
    yield name, lines
