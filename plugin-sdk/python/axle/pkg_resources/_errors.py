"""Why requirements cannot be met."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ._native import AxleResolutionError
from ._requirement import Requirement

if TYPE_CHECKING:
    from ._distribution import Distribution

    Failure = tuple[str, Distribution | None, str | None, set[str], Exception]


class ResolutionError(AxleResolutionError):
    """Requirements cannot be met."""

    _explanation = ""  # of the search, with `mode="optimal"`

    def __repr__(self) -> str:
        return type(self).__name__ + repr(self.args)


class VersionConflict(ResolutionError):
    """The distribution that is active, or chosen already, does not meet the requirement."""

    code = "resolve-conflict"

    @property
    def dist(self) -> Distribution:
        return self.args[0]

    @property
    def req(self) -> Requirement:
        return self.args[1]

    def report(self) -> str:
        return f"{self.dist} is installed but {self.req} is required"

    def with_context(self, required_by: set[str]) -> VersionConflict:
        """The same with the projects that require it, where there are any."""
        return ContextualVersionConflict(self.dist, self.req, required_by) if required_by else self

    def __str__(self) -> str:
        return self._explanation or self.report()


class ContextualVersionConflict(VersionConflict):
    """A VersionConflict that knows the names of the projects that require what is not met."""

    @property
    def required_by(self) -> set[str]:
        return self.args[2]

    def report(self) -> str:
        return f"{super().report()} by {self.required_by}"


class DistributionNotFound(ResolutionError):
    """Nothing meets the requirement."""

    code = "resolve-missing"

    @property
    def req(self) -> Requirement:
        return self.args[0]

    @property
    def requirers(self) -> set[str] | None:
        return self.args[1]

    @property
    def requirers_str(self) -> str:
        return ", ".join(sorted(self.requirers)) if self.requirers else "the application"

    def report(self) -> str:
        return f"The '{self.req}' distribution was not found and is required by {self.requirers_str}"

    def __str__(self) -> str:
        return self._explanation or self.report()


class UnknownExtra(ResolutionError):
    """The distribution does not have such an extra."""

    code = "resolve-extra"


def _explained(error: ResolutionError, explanation: AxleResolutionError) -> ResolutionError:
    """The error in the words of the search, which knows more than who is at odds with whom."""
    error._explanation = str(explanation)
    for name in ("code", "message", "found", "expected", "details", "hint", "causes"):
        setattr(error, name, getattr(explanation, name))
    return error


def to_exception(failure: Failure) -> Exception:
    """The exception that tells of a failure of the native part."""
    kind, dist, requirement, required_by, cause = failure
    if kind == "cause" or requirement is None:
        if type(cause) is not AxleResolutionError:
            return cause
        known = UnknownExtra if cause.code == UnknownExtra.code else ResolutionError
        return _explained(known(str(cause)), cause)
    req = Requirement(requirement)
    makers: dict[str, Callable[[], ResolutionError]] = {
        "not-found": lambda: DistributionNotFound(req, required_by or None),
        "conflict": lambda: VersionConflict(dist, req),
        "contextual-conflict": lambda: ContextualVersionConflict(dist, req, required_by),
    }
    error = makers[kind]()
    return _explained(error, cause) if isinstance(cause, AxleResolutionError) and cause.details else error
