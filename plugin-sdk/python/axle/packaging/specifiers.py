"""Version specifiers: PEP 440."""

import abc
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ._native import native as _native

__all__ = ["BaseSpecifier", "InvalidSpecifier", "Specifier", "SpecifierSet"]

InvalidSpecifier = _native.InvalidSpecifier
Specifier = _native.Specifier
SpecifierSet = _native.SpecifierSet


class BaseSpecifier(metaclass=abc.ABCMeta):
    """What Specifier and SpecifierSet have in common, for isinstance() and for specifiers of one's own."""

    __slots__ = ()

    @abc.abstractmethod
    def __str__(self) -> str: ...

    @abc.abstractmethod
    def __hash__(self) -> int: ...

    @abc.abstractmethod
    def __eq__(self, other: object) -> bool: ...

    @property
    @abc.abstractmethod
    def prereleases(self) -> bool | None: ...

    @prereleases.setter
    def prereleases(self, value: bool | None) -> None: ...

    @abc.abstractmethod
    def contains(self, item: str, prereleases: bool | None = None) -> bool: ...

    @abc.abstractmethod
    def filter(
        self,
        iterable: Iterable[Any],
        prereleases: bool | None = None,
        key: Callable[[Any], Any] | None = None,
    ) -> Iterator[Any]: ...


BaseSpecifier.register(Specifier)
BaseSpecifier.register(SpecifierSet)
