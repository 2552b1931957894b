"""The categories of warnings."""


class PkgResourcesDeprecationWarning(Warning):
    """Something of this module should no longer be used. Shown by default."""


class PEP440Warning(RuntimeWarning):
    """A version that is none by PEP 440."""
