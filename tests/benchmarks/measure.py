"""What every suite of benchmarks uses: its surroundings, and the comparison of contestants in turns."""
import dataclasses
import os
import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

PYTHON = sys.executable

Command = Sequence[str | os.PathLike[str]]
Measure = Callable[[Command, dict[str, str]], float]


@dataclasses.dataclass(frozen=True)
class Context:
    """What the runner gives to a suite's `run(context)`."""
    build: pathlib.Path    # of the release preset
    wheels: pathlib.Path   # the real wheels of tests/e2e/wheels.lock
    shared: pathlib.Path   # data beside the repository, which may be absent
    peers: pathlib.Path    # what peers.install() installs into
    scratch: pathlib.Path  # an empty folder of this suite
    rounds: int
    env: dict[str, str]    # of every command that is measured


def wall(command: Command, env: dict[str, str]) -> float:
    """Seconds of the whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
    return time.perf_counter() - start


def said(command: Command, env: dict[str, str]) -> float:
    """Seconds, as the program itself measured and printed them."""
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env)
    return float(done.stdout)


def compare(title: str, measure: Measure, contestants: Sequence[tuple[str, Command]], context: Context) -> None:
    """Runs all contestants in turns; the first of them is Axle, to which the others are compared."""
    print(f"\n{title}")
    times: dict[str, list[float]] = {name: [] for name, _ in contestants}
    for _ in range(context.rounds + 1):
        for name, command in contestants:
            times[name].append(measure(command, context.env))
    reference = statistics.median(times[contestants[0][0]][1:])
    for name, _ in contestants:
        first, median = times[name][0], statistics.median(times[name][1:])
        print(f"  {name:34} first {first:7.3f} s   median of {context.rounds} {median:7.3f} s   {median / reference:5.2f} x")
