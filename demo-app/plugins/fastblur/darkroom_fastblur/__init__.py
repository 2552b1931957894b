"""A Gaussian blur in C++ (blur.cpp): rows and columns run without the GIL."""
from . import _native


def blur(pixels, width, height, stride, params):
    return _native.blur(pixels, width, height, stride, params.get("radius", 12))


def miniature(pixels, width, height, stride, params):
    return _native.miniature(pixels, width, height, stride, params.get("radius", 14), params.get("focus", 62))


class Plugin:
    def activate(self, context):
        radius = {"title": "Radius", "minimum": 1, "maximum": 60, "unit": " px"}
        context.contribute("filters", "blur", blur, title="Gaussian blur", params={"radius": radius | {"default": 12}})
        context.contribute(
            "filters", "miniature", miniature, title="Miniature",
            params={"radius": radius | {"default": 14},
                    "focus": {"title": "Focus", "minimum": 0, "maximum": 100, "default": 62, "unit": " %"}})
