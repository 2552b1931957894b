"""Objects that distributions offer by name."""

from __future__ import annotations

import functools
import importlib
import re
import warnings
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ._errors import UnknownExtra
from ._requirement import Requirement
from ._text import NestedText, split_sections, yield_lines
from ._warnings import PkgResourcesDeprecationWarning

if TYPE_CHECKING:
    from ._distribution import Distribution
    from ._environment import Environment, Installer

_DOTTED = re.compile(r"\w+(\.\w+)*")
_ENTRY = re.compile(
    r"(?P<name>[^\s].*?)\s*=\s*(?P<module>[\w.]+)\s*(?::\s*(?P<attrs>[\w.]+)\s*)?(?P<extras>\[.*\])?"
)


class EntryPoint:
    """`name = package.module:attribute [extra, …]` of a distribution."""

    def __init__(
        self,
        name: str,
        module_name: str,
        attrs: Iterable[str] = (),
        extras: Iterable[str] = (),
        dist: Distribution | None = None,
    ) -> None:
        if not _DOTTED.fullmatch(module_name):
            raise ValueError(f"{module_name!r} is no name of a module")
        self.name = name
        self.module_name = module_name
        self.attrs = tuple(attrs)
        self.extras = tuple(extras)
        self.dist = dist

    def __str__(self) -> str:
        attrs = ":" + ".".join(self.attrs) if self.attrs else ""
        extras = f" [{','.join(self.extras)}]" if self.extras else ""
        return f"{self.name} = {self.module_name}{attrs}{extras}"

    def __repr__(self) -> str:
        return f"EntryPoint.parse({str(self)!r})"

    def load(self, require: bool = True, *args: Any, **kwargs: Any) -> Any:
        """Activates what it needs, imports it, and gives the object."""
        if not require or args or kwargs:
            warnings.warn(
                "load() with arguments is deprecated; call require() and resolve()",
                PkgResourcesDeprecationWarning,
                stacklevel=2,
            )
        if require:
            self.require(*args, **kwargs)
        return self.resolve()

    def resolve(self) -> Any:
        """Imports it, and gives the object."""
        module = importlib.import_module(self.module_name)
        try:
            return functools.reduce(getattr, self.attrs, module)
        except AttributeError as error:
            raise ImportError(str(error)) from error

    def require(self, env: Environment | None = None, installer: Installer | None = None) -> None:
        """Activates, in the process's working set, what its distribution needs for its extras."""
        from ._master import master

        if self.dist is None:
            error = UnknownExtra if self.extras else AttributeError
            raise error(f"{self!r} has no distribution, so that nothing is known of what it needs")
        working_set = master()
        needed = self.dist.requires(self.extras)
        for dist in working_set.resolve(needed, env, installer, extras=self.extras):
            working_set.add(dist)

    @classmethod
    def parse(cls, src: str, dist: Distribution | None = None) -> EntryPoint:
        """Of one line, as in entry_points.txt."""
        match = _ENTRY.fullmatch(src.strip())
        if match is None:
            raise ValueError(f"{src!r} is no entry point, expected 'name = module:attribute [extra]'")
        attrs = match["attrs"].split(".") if match["attrs"] else ()
        return cls(match["name"], match["module"], attrs, cls._parse_extras(match["extras"]), dist)

    @staticmethod
    def _parse_extras(text: str | None) -> tuple[str, ...]:
        if not text:
            return ()
        requirement = Requirement.parse("x" + text)
        if requirement.specs:
            raise ValueError(f"{text!r} has more than extras")
        return requirement.extras

    @classmethod
    def parse_group(cls, group: str, lines: NestedText, dist: Distribution | None = None) -> dict[str, EntryPoint]:
        """{name: entry point} of the lines of one group."""
        if not _DOTTED.fullmatch(group):
            raise ValueError(f"{group!r} is no name of a group")
        result: dict[str, EntryPoint] = {}
        for line in yield_lines(lines):
            entry = cls.parse(line, dist)
            if entry.name in result:
                raise ValueError(f"group {group!r} has two entry points {entry.name!r}")
            result[entry.name] = entry
        return result

    @classmethod
    def parse_map(
        cls, data: NestedText | Mapping[str, NestedText], dist: Distribution | None = None
    ) -> dict[str, dict[str, EntryPoint]]:
        """{group: {name: entry point}} of a file, or of a dict of groups."""
        sections = data.items() if isinstance(data, Mapping) else split_sections(data)
        result: dict[str, dict[str, EntryPoint]] = {}
        for group, lines in sections:
            if group is None:
                if lines:
                    raise ValueError("an entry point stands before the first group")
                continue
            group = group.strip()
            if group in result:
                raise ValueError(f"there are two groups {group!r}")
            result[group] = cls.parse_group(group, lines, dist)
        return result
