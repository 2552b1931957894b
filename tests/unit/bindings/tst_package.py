"""The Python package `axle` under a stock python."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PACKAGE = pathlib.Path(__file__).resolve().parents[3] / "plugin-sdk/python/axle"


def run(code, **environment):
    """What `code` prints in a python of its own."""
    done = subprocess.run([sys.executable, "-B", "-c", code], env={**os.environ, **environment}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.strip() if done.returncode == 0 else f"exit {done.returncode}: {done.stdout}"


class Package(unittest.TestCase):
    def test_importing_it_loads_little(self):
        self.assertEqual("['axle']", run("import sys; before = set(sys.modules); import axle; "
                                         "print(sorted(set(sys.modules) - before))"))

    def test_pure_names_load_no_native_half(self):
        self.assertEqual("False", run("import sys; from axle import Context, ContributionError, Plugin, Settings; "
                                      "print('axle._native' in sys.modules)"))

    def test_native_names_load_it(self):
        self.assertEqual("True", run("import sys; from axle import Wheel, WheelError; "
                                     "print('axle._native' in sys.modules)"))

    def test_every_promised_name_is_there(self):
        self.assertEqual("[]", run("import axle; print([n for n in axle.__all__ if not hasattr(axle, n)])"))
        self.assertEqual("[]", run("import axle; print([n for n in axle.__all__ if n not in dir(axle)])"))

    def test_star_import(self):
        self.assertEqual("Wheel", run("from axle import *; print(Wheel.__name__)"))

    def test_absent_name(self):
        self.assertIn("AttributeError: module 'axle' has no attribute 'wheel'", run("import axle; axle.wheel"))

    def test_halves_are_of_one_version(self):
        self.assertEqual("True", run("import axle, axle._native; print(axle.__version__ == axle._native.__version__)"))

    def test_no_second_interpreter(self):
        self.assertEqual("False", run("import axle; axle.Wheel; print('libpython' in open('/proc/self/maps').read())"))

    def test_exports_only_its_init_function(self):
        import axle._native
        command = ["nm", "-D", "--defined-only", axle._native.__file__]
        listing = subprocess.run(command, text=True, stdout=subprocess.PIPE)
        if listing.returncode != 0:
            self.skipTest("no nm")
        self.assertEqual(["PyInit__native"], [line.split()[-1] for line in listing.stdout.splitlines()])


class PureHalfAlone(unittest.TestCase):
    """As in the axle-sdk wheel, which plugin authors test with."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = folder.name
        os.symlink(PACKAGE, os.path.join(self.path, "axle"))

    def test_plugin(self):
        self.assertEqual("Plugin", run("import axle; print(axle.Plugin.__name__)", PYTHONPATH=self.path))

    def test_native_name(self):
        self.assertIn(
            "ImportError: axle._native is not available: No module named 'axle._native'; "
            "install axle-tools, or run inside an Axle host", run("import axle; axle.Wheel", PYTHONPATH=self.path))

    def test_error_names_the_module(self):
        self.assertEqual("axle._native", run(
            "import axle\ntry: axle.WheelError\nexcept ImportError as e: print(e.name)", PYTHONPATH=self.path))


if __name__ == "__main__":
    unittest.main(verbosity=0)
