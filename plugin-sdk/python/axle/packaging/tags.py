"""Compatibility tags: PEP 425, with the platforms of PEP 600, 656, 730 and 738."""

from __future__ import annotations

import platform
import re
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import product, repeat, starmap
from typing import TYPE_CHECKING, TypeVar

from ._native import native as _native

__all__ = [
    "INTERPRETER_SHORT_NAMES",
    "AppleVersion",
    "InvalidTag",
    "PythonVersion",
    "Tag",
    "TooManyTagsError",
    "UnsortedTagsError",
    "android_platforms",
    "compatible_tags",
    "cpython_tags",
    "create_compatible_tags_selector",
    "generic_tags",
    "interpreter_name",
    "interpreter_version",
    "ios_platforms",
    "mac_platforms",
    "parse_tag",
    "platform_tags",
    "pure_python_tags",
    "sys_tags",
]

T = TypeVar("T")
PythonVersion = Sequence[int]
AppleVersion = tuple[int, int]

INTERPRETER_SHORT_NAMES: dict[str, str] = {
    "python": "py",
    "cpython": "cp",
    "pypy": "pp",
    "ironpython": "ip",
    "jython": "jy",
}

if TYPE_CHECKING:

    class Tag:
        """A compatibility tag of PEP 425, in lower case."""

        def __init__(self, interpreter: str, abi: str, platform: str) -> None: ...
        @property
        def interpreter(self) -> str: ...
        @property
        def abi(self) -> str: ...
        @property
        def platform(self) -> str: ...

else:
    Tag = _native.Tag


class InvalidTag(ValueError):
    """A text that is no compressed set of tags."""


class UnsortedTagsError(ValueError):
    """A part of a compressed set of tags is not sorted, which PEP 425 asks for."""


class TooManyTagsError(ValueError):
    """A compressed set stands for more tags than the caller allows."""


def parse_tag(tag: str, *, validate_order: bool = False, limit: int | None = None) -> frozenset[Tag]:
    """The tags of a compressed set, such as 'py2.py3-none-any'."""
    if limit is not None and limit < 0:
        raise ValueError("limit must not be negative")
    parts = [part.split(".") for part in tag.split("-")]
    count = 1
    for values in parts:
        if "" in values:
            raise InvalidTag(f"tag {tag!r} has an empty part")
        if validate_order and values != sorted(values):
            raise UnsortedTagsError(f"{'.'.join(values)!r} in tag {tag!r} is not sorted")
        count *= len(values)
    if limit is not None and count > limit:
        raise TooManyTagsError(f"tag {tag!r} stands for {count} tags, but at most {limit} are allowed")
    if len(parts) != 3:
        raise InvalidTag(f"tag {tag!r} has {len(parts)} parts, expected 3")
    for interpreter in parts[0]:
        if not interpreter.isidentifier():
            raise InvalidTag(f"tag {tag!r} has the interpreter {interpreter!r}, expected a name such as 'py3'")
    return frozenset(starmap(Tag, product(*parts)))


def _nodot(version: PythonVersion) -> str:
    return "".join(map(str, version[:2]))


def _underscored(text: str) -> str:
    return re.sub(r"[-. ]", "_", text)


def _cpython_abis(version: PythonVersion) -> list[str]:
    debug = "d" if sysconfig.get_config_var("Py_DEBUG") or hasattr(sys, "gettotalrefcount") else ""
    if tuple(version) < (3, 8):
        return [f"cp{_nodot(version)}{debug}m" if tuple(version) >= (3, 3) else f"cp{_nodot(version)}{debug}mu"]
    threaded = "t" if tuple(version) >= (3, 13) and sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    release = f"cp{_nodot(version)}{threaded}"
    # A debug build loads extensions of a release build too.
    return [release + debug, release] if debug else [release]


def cpython_tags(
    python_version: PythonVersion | None = None,
    abis: Iterable[str] | None = None,
    platforms: Iterable[str] | None = None,
    *,
    warn: bool = False,
) -> Iterator[Tag]:
    """The tags of extension modules that a CPython loads, best first; by default this one."""
    version = tuple(python_version or sys.version_info[:2])
    interpreter = f"cp{_nodot(version)}"
    if abis is None:
        abis = _cpython_abis(version) if len(version) > 1 else []
    own_abis = [abi for abi in abis if abi not in ("abi3", "none")]
    is_threaded = bool(own_abis) and re.match(r"cp\d+\D*t", own_abis[0]) is not None
    has_stable = len(version) > 1 and version >= (3, 2) and not is_threaded
    all_platforms = list(platforms or platform_tags())
    for abi in [*own_abis, *(["abi3"] if has_stable else []), "none"]:
        yield from map(Tag, repeat(interpreter), repeat(abi), all_platforms)
    if has_stable:
        for minor in range(version[1] - 1, 1, -1):
            yield from map(Tag, repeat(f"cp{version[0]}{minor}"), repeat("abi3"), all_platforms)


def _running_abis() -> list[str]:
    """The ABI of this interpreter, by the ending of its extension modules: '.pypy39-pp73-x86_64-linux-gnu.so'."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    if not isinstance(suffix, str) or not suffix.startswith("."):
        raise SystemError(f"the ending of extension modules is {suffix!r}, expected one such as '.so'")
    words = suffix.split(".")
    if len(words) < 3:
        return _cpython_abis(sys.version_info[:2])
    soabi = words[1].split("-")
    if soabi[0] == "cpython":
        return [f"cp{_underscored(soabi[1])}"]
    count = {"cp": 1, "py": 2, "gr": 3}.get(soabi[0][:2], len(soabi))
    return [_underscored("-".join(soabi[:count]))] if words[1] else []


def generic_tags(
    interpreter: str | None = None,
    abis: Iterable[str] | None = None,
    platforms: Iterable[str] | None = None,
    *,
    warn: bool = False,
) -> Iterator[Tag]:
    """The tags of extension modules that an interpreter other than CPython loads, best first."""
    name = interpreter or interpreter_name() + interpreter_version(warn=warn)
    all_abis = _running_abis() if abis is None else list(abis)
    if "none" not in all_abis:
        all_abis.append("none")
    all_platforms = list(platforms or platform_tags())
    yield from starmap(Tag, product([name], all_abis, all_platforms))


def _python_interpreters(version: PythonVersion) -> Iterator[str]:
    """py311, py3, py310, … py30."""
    if len(version) > 1:
        yield f"py{_nodot(version)}"
    yield f"py{version[0]}"
    if len(version) > 1:
        for minor in range(version[1] - 1, -1, -1):
            yield f"py{version[0]}{minor}"


def pure_python_tags(python_version: PythonVersion | None = None) -> Iterator[Tag]:
    """The tags of pure Python that a version of Python runs, best first."""
    if python_version is not None and not python_version:
        raise ValueError("python_version must have at least one number")
    for interpreter in _python_interpreters(python_version or sys.version_info[:2]):
        yield Tag(interpreter, "none", "any")


def compatible_tags(
    python_version: PythonVersion | None = None,
    interpreter: str | None = None,
    platforms: Iterable[str] | None = None,
) -> Iterator[Tag]:
    """The tags without an ABI that an interpreter of a version of Python takes, best first."""
    version = python_version or sys.version_info[:2]
    all_platforms = list(platforms or platform_tags())
    for name in _python_interpreters(version):
        yield from map(Tag, repeat(name), repeat("none"), all_platforms)
    if interpreter:
        yield Tag(interpreter, "none", "any")
    yield from pure_python_tags(version)


def _mac_formats(version: AppleVersion, arch: str) -> list[str]:
    """The binary formats that a processor runs under a version of macOS; none where it does not run it."""
    known = {
        "x86_64": ((10, 4), (99, 0), ["intel", "fat64", "fat3"]),
        "i386": ((10, 4), (99, 0), ["intel", "fat3", "fat"]),
        "ppc64": ((10, 4), (10, 5), ["fat64"]),
        "ppc": ((10, 0), (10, 6), ["fat3", "fat"]),
    }
    first, last, shared = known.get(arch, ((0, 0), (99, 0), []))
    if not first <= version <= last:
        return []
    formats = [arch, *shared]
    if arch in ("arm64", "x86_64"):
        formats.append("universal2")
    if arch in ("x86_64", "i386", "ppc64", "ppc", "intel"):
        formats.append("universal")
    return formats


def mac_platforms(version: AppleVersion | None = None, arch: str | None = None) -> Iterator[str]:
    """The platform tags of a macOS, best first; by default of this one."""
    running_version, _, running_arch = platform.mac_ver()
    if version is None:
        major, minor = running_version.split(".")[:2]
        version = (int(major), int(minor))
    arch = arch or running_arch
    # Since macOS 11 the major version counts, before it the minor one.
    versions = [(major, 0) for major in range(version[0], 10, -1)]
    versions += [(10, minor) for minor in range(16 if version >= (11, 0) else version[1], -1, -1)]
    for compatible in versions:
        formats = _mac_formats(compatible, arch)
        if version >= (11, 0) and compatible < (11, 0):
            formats = formats if arch == "x86_64" else ["universal2"]
            if compatible < (10, 4):
                return
        yield from (f"macosx_{compatible[0]}_{compatible[1]}_{name}" for name in formats)


def ios_platforms(version: AppleVersion | None = None, multiarch: str | None = None) -> Iterator[str]:
    """The platform tags of an iOS, best first; by default of this one. There are none before iOS 12."""
    if version is None:
        major, minor = platform.ios_ver().release.split(".")[:2]  # type: ignore[attr-defined]
        version = (int(major), int(minor))
    arch = _underscored(multiarch or sys.implementation._multiarch)
    if version[0] < 12:
        return
    versions = [(version[0], minor) for minor in range(version[1], -1, -1)]
    versions += [(major, minor) for major in range(version[0] - 1, 11, -1) for minor in range(9, -1, -1)]
    yield from (f"ios_{major}_{minor}_{arch}" for major, minor in versions)


def android_platforms(api_level: int | None = None, abi: str | None = None) -> Iterator[str]:
    """The platform tags of an Android, best first; by default of this one. There are none before API level 16."""
    if platform.system() != "Android" and (api_level is None or abi is None):
        raise TypeError("api_level and abi must be given where this is not Android")
    if api_level is None:
        api_level = platform.android_ver().api_level  # type: ignore[attr-defined]
    name = _underscored(abi or sysconfig.get_platform().split("-")[-1])
    yield from (f"android_{level}_{name}" for level in range(api_level, 15, -1))


def platform_tags() -> Iterator[str]:
    """The platform tags of this system, best first."""
    system = platform.system()
    if system == "Linux":
        return iter(_native.running_platforms())
    if system == "Darwin":
        return mac_platforms()
    if system == "iOS":
        return ios_platforms()
    if system == "Android":
        return android_platforms()
    return iter([_underscored(sysconfig.get_platform())])


def interpreter_name() -> str:
    """The short name of this interpreter: 'cp'; its full one where it has no short one."""
    name = sys.implementation.name
    return INTERPRETER_SHORT_NAMES.get(name, name)


def interpreter_version(*, warn: bool = False) -> str:
    """The version of this interpreter: '311'."""
    return str(sysconfig.get_config_var("py_version_nodot") or _nodot(sys.version_info))


def sys_tags(*, warn: bool = False) -> Iterator[Tag]:
    """All tags that this interpreter takes, best first."""
    name = interpreter_name()
    if name == "cp":
        yield from cpython_tags(warn=warn)
    else:
        yield from generic_tags(warn=warn)
    interpreters = {"cp": f"cp{interpreter_version(warn=warn)}", "pp": "pp3"}
    yield from compatible_tags(interpreter=interpreters.get(name))


def create_compatible_tags_selector(
    tags: Iterable[Tag],
) -> Callable[[Iterable[tuple[T, AbstractSet[Tag]]]], Iterator[T]]:
    """A function that leaves what fits one of the tags, best first, of pairs of a thing and its tags."""
    ranks: dict[Tag, int] = {}
    for tag in tags:
        ranks.setdefault(tag, len(ranks))

    def select(tagged_things: Iterable[tuple[T, AbstractSet[Tag]]]) -> Iterator[T]:
        ranked = []
        for thing, thing_tags in tagged_things:
            fitting = [ranks[tag] for tag in thing_tags if tag in ranks]
            if fitting:
                ranked.append((min(fitting), thing))
        ranked.sort(key=lambda pair: pair[0])
        return iter([thing for _, thing in ranked])

    return select
