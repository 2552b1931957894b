"""Stands for `axle._native` in a host, where it is built in.

The standard finder of built-in modules answers for top-level names only.
"""

import sys
from importlib.machinery import BuiltinImporter
from importlib.util import module_from_spec

_spec = BuiltinImporter.find_spec(__name__)
_module = module_from_spec(_spec)
sys.modules[__name__] = _module
_spec.loader.exec_module(_module)
