"""Versions: PEP 440."""

from ._native import native as _native

__all__ = ["VERSION_PATTERN", "InvalidVersion", "Version", "normalize_pre", "parse"]

InvalidVersion = _native.InvalidVersion
Version = _native.Version
parse = _native.parse

# For use with re.VERBOSE and re.IGNORECASE; it is not anchored.
VERSION_PATTERN = r"""
    v?
    (?:(?P<epoch>[0-9]+)!)?
    (?P<release>[0-9]+(?:\.[0-9]+)*)
    (?P<pre>
        [-_.]?(?P<pre_l>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre_n>[0-9]+)?
    )?
    (?P<post>
        -(?P<post_n1>[0-9]+)
        | [-_.]?(?P<post_l>post|rev|r)[-_.]?(?P<post_n2>[0-9]+)?
    )?
    (?P<dev>
        [-_.]?(?P<dev_l>dev)[-_.]?(?P<dev_n>[0-9]+)?
    )?
    (?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?
"""

_NORMAL_LETTERS = {
    "alpha": "a",
    "beta": "b",
    "c": "rc",
    "pre": "rc",
    "preview": "rc",
    "r": "post",
    "rev": "post",
}


def normalize_pre(letter: str, /) -> str:
    """The spelling of a pre-release's or post-release's word in normalised versions."""
    lower = letter.lower()
    return _NORMAL_LETTERS.get(lower, lower)
