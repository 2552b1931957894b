from .markers import Marker
from .specifiers import SpecifierSet

__all__ = ["InvalidRequirement", "Requirement"]

class InvalidRequirement(ValueError): ...

class Requirement:
    name: str
    extras: set[str]
    specifier: SpecifierSet
    url: str | None
    marker: Marker | None
    def __init__(self, requirement_string: str) -> None: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object) -> bool: ...
