"""One version of a project, with its metadata."""

from __future__ import annotations

import email.parser
import os
import re
import sys
import warnings
from collections.abc import Iterable
from typing import Any

from ..packaging.version import InvalidVersion, Version
from ._entry_point import EntryPoint
from ._errors import UnknownExtra
from ._metadata import IMetadataProvider, empty_provider
from ._native import Wheel, native
from ._requirement import Requirement, evaluate_marker, invalid_marker, parse_requirements
from ._text import forgiving_version, safe_extra, safe_name, safe_version, split_sections, to_filename

PY_MAJOR = f"{sys.version_info.major}.{sys.version_info.minor}"
EGG_DIST = 3
BINARY_DIST = 2
SOURCE_DIST = 1
CHECKOUT_DIST = 0
DEVELOP_DIST = -1

_FILE_NAME = re.compile(
    r"(?P<name>[^-]+)(-(?P<ver>[^-]+)(-py(?P<pyver>[^-]+)(-(?P<plat>.+))?)?)?", re.IGNORECASE
)


def normalize_path(path: str | os.PathLike[str]) -> str:
    """The one text for all texts that name the same place."""
    return os.path.normcase(os.path.realpath(path))


def caller_level() -> int:
    """The `stacklevel` of the first frame outside this package."""
    package = __name__.rpartition(".")[0]
    level = 1
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(package):
        frame = frame.f_back
        level += 1
    return level


class Distribution:
    """One version of a project, where it is, and, asked when it is needed, its metadata.

    Ordered by version, precedence, key, location, Python version and platform. What is not found here is looked for at
    the metadata's provider.
    """

    PKG_INFO = "PKG-INFO"

    def __init__(
        self,
        location: str | None = None,
        metadata: IMetadataProvider | None = None,
        project_name: str | None = None,
        version: str | None = None,
        py_version: str | None = PY_MAJOR,
        platform: str | None = None,
        precedence: int = EGG_DIST,
    ) -> None:
        self.project_name = safe_name(project_name or "Unknown")
        self.key = self.project_name.lower()
        if version is not None:
            self._version = safe_version(version)
        self.py_version = py_version
        self.platform = platform
        self.location = location
        self.precedence = precedence
        self._provider = metadata or empty_provider

    @classmethod
    def from_location(
        cls, location: str, basename: str, metadata: IMetadataProvider | None = None, **kw: int
    ) -> Distribution:
        """Of a file's name, such as `name-1.0-py3.11-linux-x86_64.egg`; the ending says what class it is of."""
        stem, ending = os.path.splitext(basename)
        implementation = _IMPLEMENTATIONS.get(ending.lower())
        match = _FILE_NAME.match(stem) if implementation else None
        name, version, python, platform = match.group("name", "ver", "pyver", "plat") if match else [None] * 4
        return (implementation or cls)(
            location, metadata, project_name=name, version=version, py_version=python, platform=platform, **kw
        )._reload_version()

    @classmethod
    def from_filename(
        cls, filename: str, metadata: IMetadataProvider | None = None, **kw: int
    ) -> Distribution:
        """The same, where the file itself is the location."""
        return cls.from_location(normalize_path(filename), os.path.basename(filename), metadata, **kw)

    def _reload_version(self) -> Distribution:
        return self

    # What it is

    @property
    def version(self) -> str:
        try:
            return self._version
        except AttributeError:
            version = self._version_of_metadata()
        if version is None:
            path = self._metadata_path(self.PKG_INFO)
            raise ValueError(f"Missing 'Version:' header and/or {self.PKG_INFO} file at path: {path}", self)
        return version

    def _version_of_metadata(self) -> str | None:
        for line in self._lines(self.PKG_INFO):
            name, _, value = line.partition(":")
            if name.lower() == "version":
                return safe_version(value.strip()) or None
        return None

    def _metadata_path(self, name: str) -> str:
        try:
            return self._provider._get_metadata_path(name)  # type: ignore[attr-defined]
        except Exception:  # a provider of somebody else's
            return "[could not detect]"

    def has_version(self) -> bool:
        try:
            return bool(self.version)
        except ValueError as error:
            warnings.warn(f"{self!r} is left out: {error.args[0]}", stacklevel=caller_level())
            return False

    @property
    def parsed_version(self) -> Version:
        if "_parsed_version" not in self.__dict__:
            try:
                self._parsed_version = Version(self.version)
            except InvalidVersion as error:
                raise InvalidVersion(f"{error} (package: {self.project_name})") from None
        return self._parsed_version

    @property
    def _forgiving_parsed_version(self) -> Version:
        try:
            return self.parsed_version
        except InvalidVersion as error:
            self._parsed_version = forgiving_version(self.version)
            warnings.warn(
                f"{error}; it counts as {self._parsed_version} until its project follows PEP 440",
                DeprecationWarning,
                stacklevel=caller_level(),
            )
            return self._parsed_version

    @property
    def hashcmp(self) -> tuple[Version, int, str, str | None, str, str]:
        version = self._forgiving_parsed_version
        return version, self.precedence, self.key, self.location, self.py_version or "", self.platform or ""

    def __hash__(self) -> int:
        return hash(self.hashcmp)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Distribution) and self.hashcmp == other.hashcmp

    def __lt__(self, other: Distribution) -> bool:
        return self.hashcmp < other.hashcmp

    def __le__(self, other: Distribution) -> bool:
        return self.hashcmp <= other.hashcmp

    def __gt__(self, other: Distribution) -> bool:
        return self.hashcmp > other.hashcmp

    def __ge__(self, other: Distribution) -> bool:
        return self.hashcmp >= other.hashcmp

    def __str__(self) -> str:
        try:
            version = self.version
        except ValueError:
            version = "[unknown version]"
        return f"{self.project_name} {version}"

    def __repr__(self) -> str:
        return f"{self} ({self.location})" if self.location else str(self)

    def egg_name(self) -> str:
        """The name that its egg would have."""
        python = self.py_version or PY_MAJOR
        name = f"{to_filename(self.project_name)}-{to_filename(self.version)}-py{python}"
        return f"{name}-{self.platform}" if self.platform else name

    def as_requirement(self) -> Requirement:
        """What it alone meets."""
        return Requirement(f"{self.project_name}=={self.parsed_version}")

    def clone(self, **kw: Any) -> Distribution:
        """The same with other arguments of the constructor in place of its own."""
        for name in ("project_name", "version", "py_version", "platform", "location", "precedence"):
            kw.setdefault(name, getattr(self, name, None))
        kw.setdefault("metadata", self._provider)
        return type(self)(**kw)

    # What it needs and offers

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._provider, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(each for each in dir(self._provider) if not each.startswith("_"))})

    def _lines(self, name: str) -> list[str]:
        return list(self._provider.get_metadata_lines(name)) if self._provider.has_metadata(name) else []

    @property
    def _dep_map(self) -> dict[str | None, list[Requirement]]:
        """What is needed for each extra, and, for None, always."""
        if "_dependencies" not in self.__dict__:
            self._dependencies = self._read_dependencies()
        return self._dependencies

    def _read_dependencies(self) -> dict[str | None, list[Requirement]]:
        result: dict[str | None, list[Requirement]] = {}
        for name in ("requires.txt", "depends.txt"):
            for section, lines in split_sections(self._lines(name)):
                extra, _, marker = (section or "").partition(":")
                applies = not marker or (not invalid_marker(marker) and evaluate_marker(marker))
                needed = result.setdefault(safe_extra(extra) or None, [])
                needed.extend(parse_requirements(lines if applies else []))
        return result

    def requires(self, extras: Iterable[str] = ()) -> list[Requirement]:
        """What it needs when these extras of it are wanted; UnknownExtra for one that it does not have."""
        known = self._dep_map
        result = list(known.get(None, ()))
        for extra in extras:
            if safe_extra(extra) not in known:
                raise UnknownExtra(f"{self} has no such extra feature {extra!r}")
            result.extend(known[safe_extra(extra)])
        return result

    @property
    def extras(self) -> list[str]:
        return [extra for extra in self._dep_map if extra]

    def get_entry_map(self, group: str | None = None) -> dict[str, Any]:
        """{name: EntryPoint} of a group; without one, all groups."""
        if "_entry_map" not in self.__dict__:
            self._entry_map = EntryPoint.parse_map(self._lines("entry_points.txt"), self)
        return self._entry_map if group is None else self._entry_map.get(group, {})

    def get_entry_info(self, group: str, name: str) -> EntryPoint | None:
        return self.get_entry_map(group).get(name)

    def load_entry_point(self, group: str, name: str) -> Any:
        """The object of that name; an ImportError where there is none."""
        entry = self.get_entry_info(group, name)
        if entry is None:
            raise ImportError(f"{self} has no entry point {name!r} in {group!r}")
        return entry.load()

    # Where it goes

    def activate(self, path: list[str] | None = None, replace: bool = False) -> None:
        """Makes it importable, by sys.path unless told another."""
        self.insert_on(sys.path if path is None else path, replace=replace)

    def deactivate(self, path: list[str] | None = None) -> None:
        """Takes an archive off the path again. What is imported of it stays imported."""
        path = sys.path if path is None else path
        if self.location is not None and self.precedence == EGG_DIST:
            own = normalize_path(self.location)
            path[:] = [each for each in path if not each or normalize_path(each) != own]

    def insert_on(self, path: list[str], loc: str | None = None, replace: bool = False) -> None:
        """Puts its location on the path: an archive right before the folder that it lies in, else at the end; with
        `replace`, at the beginning, and up where the path has it behind that folder."""
        location = loc or self.location
        if not location:
            return
        changed = native.inserted_on_path(path, location, self.precedence == EGG_DIST, replace, normalize_path)
        if changed == path:
            return
        if path is sys.path:
            self.check_version_conflict()
        path[:] = changed

    def check_version_conflict(self) -> None:
        """Warns of top-level modules that were imported from elsewhere already."""
        if self.location is None:
            return
        place = normalize_path(self.location)
        for name in self._lines("top_level.txt"):
            file = getattr(sys.modules.get(name), "__file__", None)
            if file and not normalize_path(file).startswith(place):
                warnings.warn(
                    f"module {name} was imported from {file} already, and {self.location} comes on the path",
                    stacklevel=caller_level(),
                )


class EggInfoDistribution(Distribution):
    """One of an egg-info folder or file, whose own word on the version counts more than the name's."""

    def _reload_version(self) -> Distribution:
        version = self._version_of_metadata()
        if version:
            self._version = version
        return self


class DistInfoDistribution(Distribution):
    """One of a dist-info folder: Requires-Dist and Provides-Extra of METADATA."""

    PKG_INFO = "METADATA"

    def _headers(self, name: str) -> list[str]:
        if "_message" not in self.__dict__:
            self._message = email.parser.HeaderParser().parsestr(self._provider.get_metadata(self.PKG_INFO))
        return [str(each) for each in self._message.get_all(name, [])]

    def _read_dependencies(self) -> dict[str | None, list[Requirement]]:
        declared = list(parse_requirements(self._headers("Requires-Dist")))

        def applying(extra: str) -> list[Requirement]:
            return [each for each in declared if not each.marker or each.marker.evaluate({"extra": extra})]

        always = list(dict.fromkeys(applying("")))
        result: dict[str | None, list[Requirement]] = {None: always}
        for extra in self._headers("Provides-Extra"):
            result[safe_extra(extra.strip())] = [each for each in applying(extra.strip()) if each not in always]
        return result


class WheelDistribution(DistInfoDistribution):
    """A wheel, which needs no installing: activating it mounts it."""

    def __init__(self, *args: Any, headers: dict[str, list[str]] | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._scanned = headers

    def _headers(self, name: str) -> list[str]:
        return super()._headers(name) if self._scanned is None else self._scanned[name]

    def clone(self, **kw: Any) -> Distribution:
        kw.setdefault("headers", None if "metadata" in kw else self._scanned)
        return super().clone(**kw)

    def activate(self, path: list[str] | None = None, replace: bool = False) -> None:
        """Mounts it; on another path than sys.path, puts it there."""
        if path is not None and path is not sys.path:
            super().activate(path, replace)
        elif self.location is not None:
            self.check_version_conflict()
            Wheel(self.location).mount(append=not replace)

    def deactivate(self, path: list[str] | None = None) -> None:
        """Unmounts it: its modules go as well."""
        if path is not None and path is not sys.path:
            super().deactivate(path)
        elif self.location is not None:
            Wheel(self.location).unmount()


_IMPLEMENTATIONS: dict[str, type[Distribution]] = {
    ".egg": Distribution,
    ".egg-info": EggInfoDistribution,
    ".dist-info": DistInfoDistribution,
}
