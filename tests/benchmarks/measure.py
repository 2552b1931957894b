"""What every suite of benchmarks uses: its surroundings, and the comparison of contestants in turns."""
import dataclasses
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

PYTHON = sys.executable

Command = Sequence[str | os.PathLike[str]]
Measure = Callable[[Command, dict[str, str]], float]

SLOW = 5.0    # seconds, after which a peer is not asked again
LIMIT = 60.0  # seconds, after which a peer that reports is stopped


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


def reported(command: Command, env: dict[str, str]) -> dict[str, Any]:
    """The JSON object that the program prints. Raises subprocess.TimeoutExpired."""
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env, timeout=LIMIT).stdout)


def compare(title: str, measure: Measure, contestants: Sequence[tuple[str, Command]], context: Context) -> None:
    """Runs all contestants in turns; the first of them is Axle, to which the others are compared. A time without end is
    that of one that has no answer."""
    print(f"\n{title}", flush=True)
    times: dict[str, list[float]] = {name: [] for name, _ in contestants}
    for _ in range(context.rounds + 1):
        for name, command in contestants:
            if not times[name] or times[name][0] < SLOW:
                times[name].append(measure(command, context.env))
    warm = {name: all_times[1:] or all_times for name, all_times in times.items()}
    reference = statistics.median(warm[contestants[0][0]])
    for name, _ in contestants:
        first, median = times[name][0], statistics.median(warm[name])
        if math.isinf(first):
            print(f"  {name:34} no answer within {LIMIT:.0f} s")
        else:
            print(f"  {name:34} first {first * 1e3:10.2f} ms   median of {len(warm[name])} {median * 1e3:10.2f} ms   "
                  f"{median / reference:8.2f} x")
