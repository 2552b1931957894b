"""Environment markers: PEP 508, with the contexts of PEP 751."""

from typing import Literal, TypedDict

from ._native import native as _native

__all__ = [
    "Environment",
    "EvaluateContext",
    "InvalidMarker",
    "Marker",
    "UndefinedComparison",
    "UndefinedEnvironmentName",
    "default_environment",
]

InvalidMarker = _native.InvalidMarker
Marker = _native.Marker
UndefinedComparison = _native.UndefinedComparison
UndefinedEnvironmentName = _native.UndefinedEnvironmentName
default_environment = _native.default_environment
format_full_version = _native.format_full_version

EvaluateContext = Literal["metadata", "lock_file", "requirement"]


class Environment(TypedDict):
    """The values of the environment markers."""

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
