"""Versions, specifiers, markers, requirements, tags and names as Python's packaging standards define them.

The modules have the names of pypa/packaging and behave as it does; what is hot in them is C++.
"""

__all__ = ["markers", "requirements", "specifiers", "tags", "utils", "version"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import markers, requirements, specifiers, tags, utils, version


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return importlib.import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return sorted(globals().keys() | set(__all__))
