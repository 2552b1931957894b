"""Colour palettes for other plugins, kept as JSON files inside the wheel.

The first plugin of a pair: darkroom-duotone imports `colours` from here.
"""
import functools
import importlib.resources
import json

_FOLDER = importlib.resources.files(__name__) / "palettes"


def names():
    """The names of all palettes, sorted."""
    return sorted(entry.name.removesuffix(".json") for entry in _FOLDER.iterdir() if entry.name.endswith(".json"))


@functools.cache
def palette(name):
    """The palette of that name: {"title": ..., "colours": ["#rrggbb", ...]}, from dark to light."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def colours(name):
    """The palette's colours as (red, green, blue), from dark to light."""
    return [tuple(bytes.fromhex(colour.removeprefix("#"))) for colour in palette(name)["colours"]]


class Plugin:
    def activate(self, context):
        for name in names():
            found = palette(name)
            context.contribute("palettes", name, functools.partial(colours, name),
                               title=found["title"], colours=found["colours"])
