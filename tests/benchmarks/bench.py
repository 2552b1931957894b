"""Benchmarks of the release build, with their peers in the same run.

usage: bench.py --build build --wheels FOLDER [--rounds N] [SUITE…]        (see README.md)
"""
import argparse
import importlib
import os
import pathlib
import sys
import tempfile

from measure import Context

SUITES = ("scan", "imports", "packaging", "wheel", "resolver")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--wheels", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"{', '.join(SUITES)}; all of them unless told")
    arguments = parser.parse_args()
    for suite in arguments.suites:
        if suite not in SUITES:
            parser.error(f"no suite '{suite}', expected one of {', '.join(SUITES)}")
    return arguments


def main() -> None:
    arguments = parse_arguments()
    print("command:", " ".join(sys.argv))
    print(f"machine: {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}; "
          "the last column is the time relative to Axle's")
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with tempfile.TemporaryDirectory(prefix="axle-bench-") as folder:
        for suite in arguments.suites or SUITES:
            scratch = pathlib.Path(folder, suite)
            scratch.mkdir()
            context = Context(build=arguments.build.resolve(), wheels=arguments.wheels.resolve(),
                              shared=pathlib.Path(__file__).resolve().parents[3] / "shared",
                              peers=cache / "axle-bench-peers", scratch=scratch, rounds=arguments.rounds,
                              env=env | {"AXLE_STORE": os.path.join(folder, "store")})
            importlib.import_module(suite).run(context)


if __name__ == "__main__":
    main()
