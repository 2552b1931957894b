"""Requirements, and markers as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..packaging.markers import InvalidMarker, Marker
from ..packaging.requirements import InvalidRequirement
from ..packaging.requirements import Requirement as PackagingRequirement
from ..packaging.version import Version
from ._text import NestedText, logical_lines, safe_extra, safe_name

if TYPE_CHECKING:
    from ._distribution import Distribution


class RequirementParseError(InvalidRequirement):
    """A text that is no requirement."""


class Requirement(PackagingRequirement):
    """A project, the versions of it that will do, and the extras that are wanted of it."""

    extras: tuple[str, ...]  # type: ignore[assignment]

    def __init__(self, requirement_string: str) -> None:
        super().__init__(requirement_string)
        self.unsafe_name = self.name
        self.project_name = safe_name(self.name)
        self.key = self.project_name.lower()
        self.specs = [(each.operator, each.version) for each in self.specifier]
        self.extras = tuple(safe_extra(each) for each in sorted(self.extras))
        marker = str(self.marker) if self.marker else None
        self.hashCmp = (self.key, self.url, self.specifier, frozenset(self.extras), marker)

    @staticmethod
    def parse(text: NestedText) -> Requirement:
        """The one requirement of the text; a ValueError where there is another number of them."""
        (requirement,) = parse_requirements(text)
        return requirement

    def __contains__(self, item: Distribution | Version | str) -> bool:
        """Whether the distribution is of the project and its version fits; of a version alone, whether it fits."""
        if isinstance(item, (str, Version)):
            return self.specifier.contains(item, prereleases=True)
        return item.key == self.key and self.specifier.contains(item.version, prereleases=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Requirement) and self.hashCmp == other.hashCmp

    def __ne__(self, other: object) -> bool:  # else packaging's, which knows no keys
        return not self == other

    def __hash__(self) -> int:
        return hash(self.hashCmp)

    def __repr__(self) -> str:
        return f"Requirement.parse({str(self)!r})"


def parse_requirements(text: NestedText) -> Iterator[Requirement]:
    """The requirements of a text, one a line, or of texts in whatever nesting."""
    return map(Requirement, logical_lines(text))


def evaluate_marker(text: str, extra: str | None = None) -> bool:
    """Whether the marker holds in this Python; a SyntaxError where it is none. `extra` is for callers of old."""
    try:
        return Marker(text).evaluate()
    except InvalidMarker as error:
        raise SyntaxError(str(error)) from error


def invalid_marker(text: str) -> SyntaxError | bool:
    """What is wrong with the marker, or False."""
    try:
        evaluate_marker(text)
    except SyntaxError as error:
        return error
    return False
