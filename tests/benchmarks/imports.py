"""Importing real packages from their wheels."""
import dataclasses
import pathlib
import subprocess
import sys

from measure import PYTHON, Context, compare, said

# Times only what differs: making the wheels importable, and importing. Argument 1: module; the rest: wheels or folders.
AXLE_IMPORT = """
import sys, time
start = time.perf_counter()
import axle
for wheel in sys.argv[2:]:
    axle.Wheel(wheel).mount()
__import__(sys.argv[1])
print(time.perf_counter() - start)
"""
PATH_IMPORT = """
import sys, time
start = time.perf_counter()
sys.path[:0] = sys.argv[2:]
__import__(sys.argv[1])
print(time.perf_counter() - start)
"""

PROJECTS = {"rich.console": ["rich", "pygments", "markdown_it_py", "mdurl"], "sympy": ["sympy", "mpmath"], "numpy": ["numpy"]}


def wheel_of(folder: pathlib.Path, project: str) -> pathlib.Path:
    found = list(folder.glob(f"{project}-*.whl"))
    if not found:
        sys.exit(f"bench.py: no wheel of {project} in '{folder}'; ./dev bench fetches it")
    return found[0]


def run(context: Context) -> None:
    env = context.env | {"PYTHONPATH": str(context.build / "python")}
    for module, projects in PROJECTS.items():
        wheels = [wheel_of(context.wheels, project) for project in projects]
        installed = context.scratch / f"installed-{projects[0]}"
        subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--compile", "--target", installed,
                        *wheels], check=True, stderr=subprocess.DEVNULL)
        contestants = [("axle.Wheel(…).mount()", [PYTHON, "-S", "-c", AXLE_IMPORT, module, *wheels])]
        if module != "numpy":  # zipimport cannot import C extensions
            contestants.append(("zipimport", [PYTHON, "-S", "-c", PATH_IMPORT, module, *wheels]))
        contestants.append(("installed, with .pyc files", [PYTHON, "-S", "-c", PATH_IMPORT, module, installed]))
        compare(f"import {module} from {', '.join(wheel.name for wheel in wheels)}", said, contestants,
                dataclasses.replace(context, env=env))
