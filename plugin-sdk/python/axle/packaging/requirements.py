"""Dependency specifiers: PEP 508."""

from ._native import native as _native

__all__ = ["InvalidRequirement", "Requirement"]

InvalidRequirement = _native.InvalidRequirement
Requirement = _native.Requirement
