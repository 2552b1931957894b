"""The native part of axle.pkg_resources, or an ImportError that says what is missing."""

from typing import TYPE_CHECKING, Any

from .. import _load

_module: Any = _load("_native")

native = _module.pkg_resources

if TYPE_CHECKING:
    from .._native import ResolutionError as AxleResolutionError
    from .._native import Wheel, WheelError
else:
    AxleResolutionError = _module.ResolutionError
    Wheel = _module.Wheel
    WheelError = _module.WheelError

__all__ = ["AxleResolutionError", "Wheel", "WheelError", "native"]
