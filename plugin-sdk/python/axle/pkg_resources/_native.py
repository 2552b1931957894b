"""The native part of axle.pkg_resources, or an ImportError that says what is missing."""

from .. import _load

_module = _load("_native")

native = _module.pkg_resources  # type: ignore[attr-defined]
AxleResolutionError = _module.ResolutionError  # type: ignore[attr-defined]
Wheel = _module.Wheel  # type: ignore[attr-defined]
WheelError = _module.WheelError  # type: ignore[attr-defined]
