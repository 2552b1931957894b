"""Where a distribution's metadata files come from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Protocol

from ._errors import ResolutionError
from ._native import native
from ._text import yield_lines


class IMetadataProvider(Protocol):
    """What Distribution asks for its metadata; any object that has these."""

    def has_metadata(self, name: str) -> bool:
        """Whether there is such a file."""

    def get_metadata(self, name: str) -> str:
        """The file's text."""

    def get_metadata_lines(self, name: str) -> Iterator[str]:
        """Its lines: stripped, without empty ones and comments."""

    def metadata_isdir(self, name: str) -> bool:
        """Whether it is a folder."""

    def metadata_listdir(self, name: str) -> list[str]:
        """What is in the folder."""

    def run_script(self, script_name: str, namespace: dict[str, object]) -> None:
        """Runs the script of that name."""


class EmptyProvider:
    """No metadata at all. To be subclassed by what has some: `has_metadata` and `get_metadata` are enough."""

    def has_metadata(self, name: str) -> bool:
        return False

    def get_metadata(self, name: str) -> str:
        return ""

    def get_metadata_lines(self, name: str) -> Iterator[str]:
        return yield_lines(self.get_metadata(name))

    def metadata_isdir(self, name: str) -> bool:
        return False

    def metadata_listdir(self, name: str) -> list[str]:
        return []

    def run_script(self, script_name: str, namespace: dict[str, object]) -> None:
        script = f"scripts/{script_name}"
        if not self.has_metadata(script):
            raise ResolutionError(f"there is no script {script_name!r} in the metadata")
        namespace["__file__"] = script
        exec(compile(self.get_metadata(script), script, "exec"), namespace, namespace)


empty_provider = EmptyProvider()


class PathMetadata(EmptyProvider):
    """A folder of metadata files beside what it describes: `x-1.dist-info`, `x.egg-info`."""

    def __init__(self, path: str, egg_info: str) -> None:
        self.module_path = path
        self.egg_info = egg_info

    def _get_metadata_path(self, name: str) -> str:
        return os.path.join(self.egg_info, *name.split("/"))

    def has_metadata(self, name: str) -> bool:
        return os.path.exists(self._get_metadata_path(name))

    def get_metadata(self, name: str) -> str:
        path = self._get_metadata_path(name)
        with open(path, "rb") as file:
            return _decoded(file.read(), name, path)

    def metadata_isdir(self, name: str) -> bool:
        return os.path.isdir(self._get_metadata_path(name))

    def metadata_listdir(self, name: str) -> list[str]:
        return os.listdir(self._get_metadata_path(name)) if self.metadata_isdir(name) else []


class FileMetadata(EmptyProvider):
    """A single file, which is PKG-INFO."""

    def __init__(self, path: str) -> None:
        self.path = path

    def _get_metadata_path(self, name: str) -> str:
        return self.path

    def has_metadata(self, name: str) -> bool:
        return name == "PKG-INFO" and os.path.isfile(self.path)

    def get_metadata(self, name: str) -> str:
        if name != "PKG-INFO":
            raise KeyError(f"{self.path!r} has PKG-INFO and nothing else")
        with open(self.path, encoding="utf-8", errors="replace") as file:
            return file.read()


class WheelMetadata(EmptyProvider):
    """The dist-info folder of a wheel, read when it is asked for; raises WheelError where the file has gone bad."""

    def __init__(self, path: str) -> None:
        self.path = path

    def _get_metadata_path(self, name: str) -> str:
        return f"{self.path}/*.dist-info/{name}"

    def has_metadata(self, name: str) -> bool:
        return name in native.wheel_metadata_names(self.path) or self.metadata_isdir(name)

    def get_metadata(self, name: str) -> str:
        content = native.wheel_metadata_file(self.path, name)
        if content is None:
            raise KeyError(f"{self.path!r} has no {name!r} in its metadata")
        return _decoded(content, name, self._get_metadata_path(name))

    def metadata_isdir(self, name: str) -> bool:
        return bool(self.metadata_listdir(name))

    def metadata_listdir(self, name: str) -> list[str]:
        folder = f"{name}/" if name else ""
        names = native.wheel_metadata_names(self.path)
        return sorted({each[len(folder) :].partition("/")[0] for each in names if each.startswith(folder)})


def _decoded(content: bytes, name: str, path: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        error.reason += f" in {name} file at path: {path}"
        raise
