"""Runs fuzz targets, as many at a time as there are cores, and says what each did.

usage: fuzz.py --build build/fuzz --seconds N [TARGET…]        (see README.md)

A finding is made as small as it gets in a minute and kept in tests/fuzz/corpus/TARGET. Exit code 1 when there is one.
"""
import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"
# A hang, memory as no input of a few kilobytes may need it, or one allocation that believes a header.
LIMITS = ("-timeout=5", "-rss_limit_mb=1024", "-malloc_limit_mb=256")
MINIMIZING_SECONDS = 60
# What libFuzzer calls its artifacts; `slow-unit-` is not a finding.
FINDINGS = ("crash-*", "leak-*", "oom-*", "timeout-*")


@dataclasses.dataclass
class Outcome:
    """What one target did. `problem`: it ended badly and left no input that shows why."""
    target: str
    runs: int
    rate: int
    coverage: int
    kept: list[pathlib.Path]
    problem: str = ""

    def line(self) -> str:
        result = self.problem or (f"{len(self.kept)} FOUND" if self.kept else "nothing found")
        return f"{self.target:<16}{self.runs:>12,}{self.rate:>10,}{self.coverage:>8,}   {result}"


class Fuzzer:
    """The target NAME of a build folder."""

    def __init__(self, build: pathlib.Path, name: str) -> None:
        self.name = name
        self.program = build / "tests" / f"fz_{name}"
        self.inputs = build / "corpus" / name
        self.dictionary = build / "corpus" / f"{name}.dict"
        self.artifacts = build / "findings" / name
        self.log = build / "findings" / f"{name}.log"

    def run(self, seconds: int) -> Outcome:
        shutil.rmtree(self.artifacts, ignore_errors=True)
        self.artifacts.mkdir(parents=True)
        command = [self.program, *LIMITS, f"-max_total_time={seconds}", f"-dict={self.dictionary}",
                   f"-artifact_prefix={self.artifacts}/", "-print_final_stats=1", self.inputs]
        with self.log.open("wb") as log:
            code = subprocess.run(command, stdout=log, stderr=log, check=False).returncode
        text = self.log.read_text(errors="replace")
        found = [path for pattern in FINDINGS for path in sorted(self.artifacts.glob(pattern))]
        return Outcome(
            self.name, last_number(r"stat::number_of_executed_units:\s*(\d+)", text),
            last_number(r"stat::average_exec_per_sec:\s*(\d+)", text), last_number(r"\bcov: (\d+)", text),
            [self.keep(path) for path in found],
            f"exit code {code}, see {self.log}" if code != 0 and not found else "")

    def keep(self, finding: pathlib.Path) -> pathlib.Path:
        """The finding, made small, among the inputs that every test run reads."""
        small = self.artifacts / f"small-{finding.name}"
        command = [self.program, *LIMITS, "-minimize_crash=1", f"-max_total_time={MINIMIZING_SECONDS}",
                   f"-exact_artifact_path={small}", finding]
        try:
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                           timeout=2 * MINIMIZING_SECONDS)
        except subprocess.TimeoutExpired:
            pass  # what it reached until now is good enough
        kind, _, digest = finding.name.partition("-")
        kept = CORPUS / self.name / f"{kind}-{digest[:12]}"
        shutil.copyfile(small if small.exists() else finding, kept)
        return kept


def last_number(pattern: str, text: str) -> int:
    numbers = re.findall(pattern, text)
    return int(numbers[-1]) if numbers else 0


def explain(outcome: Outcome, build: pathlib.Path) -> None:
    for kept in outcome.kept:
        print(f"\n{os.path.relpath(kept)} breaks a law of '{outcome.target}'. What it says:\n"
              f"    {build / 'tests' / ('fz_' + outcome.target)} {os.path.relpath(kept)}\n"
              "Give the file a name that says what is wrong (wheel.fuzztargets reads it in every test run, and fails\n"
              "now), write the failing test of the rule in tests/unit, then fix it.")


def parse_arguments() -> argparse.Namespace:
    known = sorted(path.name for path in CORPUS.iterdir())
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"{', '.join(known)}; all of them unless told")
    arguments = parser.parse_args()
    for target in arguments.targets:
        if target not in known:
            parser.error(f"no target '{target}', expected one of {', '.join(known)}")
    arguments.targets = arguments.targets or known
    return arguments


def main() -> int:
    arguments = parse_arguments()
    fuzzers = [Fuzzer(arguments.build.resolve(), name) for name in arguments.targets]
    print(f"{'target':<16}{'runs':>12}{'exec/s':>10}{'cov':>8}", flush=True)
    printing = threading.Lock()

    def run(fuzzer: Fuzzer) -> Outcome:
        outcome = fuzzer.run(arguments.seconds)
        with printing:
            print(outcome.line(), flush=True)
        return outcome

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(run, fuzzers))
    for outcome in outcomes:
        explain(outcome, arguments.build)
    return 1 if any(outcome.kept or outcome.problem for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
