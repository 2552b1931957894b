from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Literal, TypedDict

__all__ = [
    "Environment",
    "EvaluateContext",
    "InvalidMarker",
    "Marker",
    "UndefinedComparison",
    "UndefinedEnvironmentName",
    "default_environment",
]

EvaluateContext = Literal["metadata", "lock_file", "requirement"]

class InvalidMarker(ValueError): ...
class UndefinedComparison(ValueError): ...
class UndefinedEnvironmentName(KeyError): ...

class Environment(TypedDict):
    implementation_name: str
    implementation_version: str
    os_name: str
    platform_machine: str
    platform_release: str
    platform_system: str
    platform_version: str
    python_full_version: str
    platform_python_implementation: str
    python_version: str
    sys_platform: str

class Marker:
    def __init__(self, marker: str) -> None: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object) -> bool: ...
    def __and__(self, other: Marker) -> Marker: ...
    def __or__(self, other: Marker) -> Marker: ...
    def evaluate(
        self,
        environment: Mapping[str, str | AbstractSet[str]] | None = None,
        context: EvaluateContext = "metadata",
    ) -> bool: ...

def default_environment() -> Environment: ...
def format_full_version(info: object) -> str: ...
