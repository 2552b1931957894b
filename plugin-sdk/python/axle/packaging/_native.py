"""The native part of axle.packaging, or an ImportError that says what is missing."""

from .. import _load

native = _load("_native").packaging  # type: ignore[attr-defined]
