"""Axle: plugins and libraries straight from wheels.

The package has a pure half, for plugins and their unit tests, and a native half, `axle._native`, which is loaded when
one of its names is first used. Importing `axle` imports neither.
"""

__version__ = "0.1.0"

__all__ = [
    "Context",
    "ContextInvalidError",
    "ContributionError",
    "Finding",
    "Plugin",
    "ResolutionError",
    "Settings",
    "Wheel",
    "WheelError",
    "__version__",
    "packaging",
    "pkg_resources",
    "resolve",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import packaging, pkg_resources
    from ._native import Finding, ResolutionError, Wheel, WheelError, resolve
    from .context import Context, ContextInvalidError, ContributionError, Settings
    from .plugin import Plugin

_HOMES = {
    "Context": "context",
    "ContextInvalidError": "context",
    "ContributionError": "context",
    "Finding": "_native",
    "Plugin": "plugin",
    "ResolutionError": "_native",
    "Settings": "context",
    "Wheel": "_native",
    "WheelError": "_native",
    "resolve": "_native",
}

_PACKAGES = ("packaging", "pkg_resources")


def _load(submodule: str) -> object:
    import importlib

    name = f"{__name__}.{submodule}"
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if submodule != "_native":
            raise
        raise ImportError(
            f"{name} is not available: {error}; install axle-tools, or run inside an Axle host",
            name=name,
            path=error.path,
        ) from error


def __getattr__(name: str) -> object:
    if name in _PACKAGES:
        return _load(name)
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(_load(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_PACKAGES})
