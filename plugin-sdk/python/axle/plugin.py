"""The base class of plugins. Deriving from it is a convenience: any class with `activate` is a plugin."""

from __future__ import annotations

from .context import Context

__all__ = ["Plugin"]


class Plugin:
    """What an entry point of the group `axle.plugins` names."""

    def activate(self, context: Context) -> None:
        """Called once when the plugin is loaded: contribute here. What it raises is the reason why loading failed."""
        raise NotImplementedError(f"{type(self).__qualname__} has no activate(context)")

    def deactivate(self, context: Context) -> None:
        """Called once before it is unloaded. What it contributed is withdrawn afterwards by itself."""
