"""pkg_resources' way to requirements and plugins, over wheels that need no installing.

The names are those of setuptools' pkg_resources that have to do with distributions: `require`, `WorkingSet`,
`Environment`, `find_plugins`, entry points. Resources are importlib.resources' business.
"""

from ._distribution import (
    BINARY_DIST,
    CHECKOUT_DIST,
    DEVELOP_DIST,
    EGG_DIST,
    PY_MAJOR,
    SOURCE_DIST,
    DistInfoDistribution,
    Distribution,
    EggInfoDistribution,
    WheelDistribution,
    normalize_path,
)
from ._entry_point import EntryPoint
from ._environment import Environment, compatible_platforms, get_supported_platform
from ._errors import (
    ContextualVersionConflict,
    DistributionNotFound,
    ResolutionError,
    UnknownExtra,
    VersionConflict,
)
from ._finders import distributions_from_metadata, find_distributions
from ._master import get_distribution, get_entry_info, get_entry_map, load_entry_point, master
from ._metadata import EmptyProvider, FileMetadata, IMetadataProvider, PathMetadata, WheelMetadata, empty_provider
from ._requirement import Requirement, RequirementParseError, evaluate_marker, invalid_marker, parse_requirements
from ._text import parse_version, safe_extra, safe_name, safe_version, split_sections, to_filename, yield_lines
from ._warnings import PEP440Warning, PkgResourcesDeprecationWarning
from ._working_set import WorkingSet

AvailableDistributions = Environment
get_build_platform = get_platform = get_supported_platform

__all__ = [
    "AvailableDistributions",
    "BINARY_DIST",
    "CHECKOUT_DIST",
    "ContextualVersionConflict",
    "DEVELOP_DIST",
    "DistInfoDistribution",
    "Distribution",
    "DistributionNotFound",
    "EGG_DIST",
    "EggInfoDistribution",
    "EmptyProvider",
    "EntryPoint",
    "Environment",
    "FileMetadata",
    "IMetadataProvider",
    "PEP440Warning",
    "PY_MAJOR",
    "PathMetadata",
    "PkgResourcesDeprecationWarning",
    "Requirement",
    "RequirementParseError",
    "ResolutionError",
    "SOURCE_DIST",
    "UnknownExtra",
    "VersionConflict",
    "WheelDistribution",
    "WheelMetadata",
    "WorkingSet",
    "add_activation_listener",
    "compatible_platforms",
    "distributions_from_metadata",
    "empty_provider",
    "evaluate_marker",
    "find_distributions",
    "get_build_platform",
    "get_distribution",
    "get_entry_info",
    "get_entry_map",
    "get_platform",
    "get_supported_platform",
    "invalid_marker",
    "iter_entry_points",
    "load_entry_point",
    "normalize_path",
    "parse_requirements",
    "parse_version",
    "require",
    "run_main",
    "run_script",
    "safe_extra",
    "safe_name",
    "safe_version",
    "split_sections",
    "to_filename",
    "working_set",
    "yield_lines",
]

# The working set of the process, made when it is first asked for: that reads all of sys.path.
_OF_MASTER = {
    "add_activation_listener": "subscribe",
    "iter_entry_points": "iter_entry_points",
    "require": "require",
    "run_main": "run_script",
    "run_script": "run_script",
}

TYPE_CHECKING = False
if TYPE_CHECKING:
    working_set: WorkingSet = master()
    add_activation_listener = working_set.subscribe
    iter_entry_points = working_set.iter_entry_points
    require = working_set.require
    run_main = run_script = working_set.run_script


def __getattr__(name: str) -> object:
    if name == "working_set":
        return master()
    if name in _OF_MASTER:
        return getattr(master(), _OF_MASTER[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
