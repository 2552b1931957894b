"""What a plugin is given when it is activated."""

from __future__ import annotations

import json
import logging
import os
import pathlib
import tempfile
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Protocol

__all__ = ["Context", "ContextInvalidError", "ContributionError", "Settings"]


class ContributionError(ValueError):
    """The host did not take a contribution. `code` is the stable name of the reason."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ContextInvalidError(RuntimeError):
    """A context was used after its plugin had been unloaded."""


class Backend(Protocol):
    """What a context needs of its host; the framework's native half has it, and a unit test can."""

    def contribute(
        self, point: str, id: str, object: Any, properties: dict[str, Any]
    ) -> tuple[str, str] | None:
        """None, or the code and the message of the reason why not."""

    def log(self, level: int, message: str) -> None: ...


class Settings(MutableMapping[str, Any]):
    """The plugin's settings: a mapping of JSON values, written to `settings.json` in its data folder at each change.

    A file that is no JSON object is kept aside as `settings.json.bad`, and the settings start empty.
    """

    def __init__(self, path: pathlib.Path) -> None:
        self._path = path
        self._values = self._load()

    def _load(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError:
            values = None
        if not isinstance(values, dict):
            self._path.replace(self._path.with_name(self._path.name + ".bad"))
            return {}
        return values

    def _store(self, values: dict[str, Any]) -> None:
        text = json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True)
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".settings-", dir=self._path.parent)
        try:
            with open(descriptor, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(name, self._path)
        except BaseException:
            os.unlink(name)
            raise
        self._values = values

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._store({**self._values, key: value})

    def __delitem__(self, key: str) -> None:
        values = dict(self._values)
        del values[key]
        self._store(values)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Settings({self._values!r})"


class _BackendHandler(logging.Handler):
    """Hands what a plugin logs to its host."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._backend = backend

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._backend.log(record.levelno, self.format(record))
        except Exception:
            self.handleError(record)


class Context:
    """A plugin's connection to its host, valid from `activate` until `deactivate` has returned.

    Use it on the thread that it was given on, or on threads of the plugin; never after the plugin was unloaded: calls
    then raise `ContextInvalidError`.
    """

    def __init__(
        self, backend: Backend, *, id: str, reason: str, host: Mapping[str, Any], data_dir: str | os.PathLike[str]
    ) -> None:
        self._backend: Backend | None = backend
        self._id = id
        self._reason = reason
        self._host = dict(host)
        self._data_dir = pathlib.Path(data_dir)
        self._settings: Settings | None = None
        # A logger of its own, not one of logging.getLogger: nothing of it stays behind when the plugin goes.
        self._log = logging.Logger(f"axle.plugin.{id}")
        self._log.addHandler(_BackendHandler(backend))

    @property
    def id(self) -> str:
        """The plugin's id: its project's name, or `project:entry` for further entry points of one wheel."""
        return self._id

    @property
    def reason(self) -> str:
        """Why it is loaded: startup, enabled, dependency, installed, updated or retry."""
        return self._reason

    @property
    def host(self) -> dict[str, Any]:
        """What the application tells of itself, `name` and `version` at least."""
        return dict(self._host)

    @property
    def log(self) -> logging.Logger:
        """A logger whose records the host shows with the plugin's name."""
        return self._log

    @property
    def data_dir(self) -> pathlib.Path:
        """A folder that is the plugin's own and outlives it; made when first asked for."""
        self._require_valid()
        self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._data_dir

    @property
    def settings(self) -> Settings:
        """The plugin's settings, kept in its data folder."""
        self._require_valid()
        if self._settings is None:
            self._settings = Settings(self._data_dir / "settings.json")
        return self._settings

    def contribute(self, point: str, id: str, object: Any, **properties: Any) -> None:
        """Adds `object` to the host's extension point `point` under `id`, until the plugin is unloaded.

        `properties` are JSON-like values for the host to show or to decide by, for example `title`. Raises
        ContributionError when the host does not take it.
        """
        refused = self._require_valid().contribute(point, id, object, properties)
        if refused is not None:
            raise ContributionError(*refused)

    def _require_valid(self) -> Backend:
        if self._backend is None:
            raise ContextInvalidError(
                f"the context of plugin '{self._id}' is no longer valid: the plugin was unloaded"
            )
        return self._backend

    def _invalidate(self) -> None:
        self._backend = None
        for handler in list(self._log.handlers):
            self._log.removeHandler(handler)
