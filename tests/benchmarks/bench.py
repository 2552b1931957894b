"""Benchmarks of the release build, with their peers in the same run.

usage: bench.py --build build --wheels FOLDER [--only scan,import] [--rounds N]
"""
import argparse
import base64
import hashlib
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

PYTHON = sys.executable

# What importlib.metadata does with a wheel on sys.path.
METADATA_SCAN = """
import importlib.metadata, pathlib, sys
wheels = sorted(map(str, pathlib.Path(sys.argv[1]).glob("*.whl")))
for distribution in importlib.metadata.distributions(path=wheels):
    distribution.metadata["Name"], distribution.version, distribution.requires, list(distribution.entry_points)
"""

# The quickest that Python's standard library offers: one look at each archive.
ZIPFILE_SCAN = """
import email.parser, pathlib, sys, zipfile
for wheel in sorted(pathlib.Path(sys.argv[1]).glob("*.whl")):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        info = next(name for name in names if name.endswith(".dist-info/METADATA"))[:-len("METADATA")]
        message = email.parser.HeaderParser().parsestr(archive.read(info + "METADATA").decode())
        message["Name"], message["Version"], message.get_all("Requires-Dist")
        if info + "entry_points.txt" in names:
            archive.read(info + "entry_points.txt").decode()
"""

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


def write_wheel(folder, name, requires):
    """A plausible plugin wheel: a package of 20 modules, metadata, one entry point, RECORD."""
    module, info = name.replace("-", "_"), f"{name.replace('-', '_')}-1.0.dist-info"
    members = {f"{module}/part{i}.py": f"VALUE = {i}\n" * 50 for i in range(20)}
    members[f"{module}/__init__.py"] = "class Plugin:\n    def activate(self, context):\n        pass\n"
    members[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nSummary: A plugin\n" + "".join(
        f"Requires-Dist: {requirement}\n" for requirement in requires) + "\n" + "About it.\n" * 100
    members[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    members[f"{info}/entry_points.txt"] = f"[axle.plugins]\nplugin = {module}:Plugin\n"
    record = ""
    for path, text in members.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    members[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / f"{module}-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in members.items():
            archive.writestr(path, text)


def wall(command, env):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
    return time.perf_counter() - start


def said(command, env):
    """Seconds, as the program itself measured and printed them."""
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env)
    return float(done.stdout)


def compare(title, measure, contestants, rounds, env):
    """Runs all contestants in turns; the first of them is Axle, to which the others are compared."""
    print(f"\n{title}")
    times = {name: [] for name, _ in contestants}
    for _ in range(rounds + 1):
        for name, command in contestants:
            times[name].append(measure(command, env))
    reference = statistics.median(times[contestants[0][0]][1:])
    for name, _ in contestants:
        median = statistics.median(times[name][1:])
        print(f"  {name:34} first {times[name][0]:7.3f} s   median of {rounds} {median:7.3f} s   {median / reference:5.2f} x")


def bench_scan(arguments, folder, env):
    for count in (100, 1000):
        wheels = folder / f"wheels-{count}"
        wheels.mkdir(mode=0o700)
        for index in range(count):
            write_wheel(wheels, f"plugin-{index}", [f"plugin-{index - 1}>=1"] if index else [])
        axle = [arguments.build / "bin/axle", "scan", wheels, "--json"]
        compare(f"scan of {count} generated wheels of 25 members, whole process", wall, [
            ("axle scan FOLDER --json", axle),
            ("importlib.metadata", [PYTHON, "-I", "-S", "-c", METADATA_SCAN, wheels]),
            ("zipfile and email", [PYTHON, "-I", "-S", "-c", ZIPFILE_SCAN, wheels]),
        ], arguments.rounds, env)


def wheel_of(folder, project):
    found = list(folder.glob(f"{project}-*.whl"))
    if not found:
        sys.exit(f"bench.py: no wheel of {project} in '{folder}'; ./dev bench fetches it")
    return found[0]


def bench_import(arguments, folder, env):
    for module, projects in {"rich.console": ["rich", "pygments", "markdown_it_py", "mdurl"], "sympy": ["sympy", "mpmath"],
                             "numpy": ["numpy"]}.items():
        wheels = [wheel_of(arguments.wheels, project) for project in projects]
        installed = folder / f"installed-{projects[0]}"
        subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--compile", "--target", installed, *wheels],
                       check=True, stderr=subprocess.DEVNULL)
        contestants = [("axle.Wheel(…).mount()", [PYTHON, "-S", "-c", AXLE_IMPORT, module, *wheels])]
        if module != "numpy":
            contestants.append(("zipimport", [PYTHON, "-S", "-c", PATH_IMPORT, module, *wheels]))
        contestants.append(("installed, with .pyc files", [PYTHON, "-S", "-c", PATH_IMPORT, module, installed]))
        compare(f"import {module} from {', '.join(wheel.name for wheel in wheels)}", said, contestants,
                arguments.rounds, env | {"PYTHONPATH": str(arguments.build / "python")})


BENCHMARKS = {"scan": bench_scan, "import": bench_import}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--wheels", type=pathlib.Path, required=True)
    parser.add_argument("--only", default=",".join(BENCHMARKS))
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    arguments.build, arguments.wheels = arguments.build.resolve(), arguments.wheels.resolve()
    print("command:", " ".join(sys.argv))
    print(f"machine: {os.cpu_count()} CPUs, Python {sys.version.split()[0]}; the last column is the time relative to Axle's")
    with tempfile.TemporaryDirectory(prefix="axle-bench-") as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        env["AXLE_STORE"] = os.path.join(folder, "store")
        for name in arguments.only.split(","):
            BENCHMARKS[name](arguments, pathlib.Path(folder), env)


if __name__ == "__main__":
    main()
