"""Choosing versions: how good the choice is and how long it takes, beside the peers of ../shared/bench."""
import math
import pathlib
import statistics
import subprocess
import sys

import kit
import peers
from kit import DataSet
from measure import PYTHON, Command, Context, compare, reported, wall

UV = "uv==0.13.9"
# Of what a program reports, the time from the graph in memory to the plan. The kit has evaluated versions and markers
# for resolvelib and libsolv beforehand; Axle and find_plugins do it within the time.
PARTS = ("build", "load", "whatprovides", "solve")


def solving(command: Command, env: dict[str, str]) -> float:
    try:
        answer = reported(command, env)
    except subprocess.TimeoutExpired:
        return math.inf
    if answer.get("error"):  # resolvelib's limit of rounds
        return math.inf
    parts = [answer[part] for part in PARTS if part in answer]
    return sum(part[0] if isinstance(part, list) else part for part in parts)


class Peers:
    """The commands that solve a data set. resolvelib, libsolv (strict) and uv fail as a whole where one plugin cannot
    be had, and are given those that can be had together."""

    def __init__(self, context: Context) -> None:
        self.scripts = context.shared / "bench"
        self.axle = context.build / "bin/axle-bench-resolver"
        self.uv = peers.install([UV], context.peers) / "bin/uv"
        self.libsolv = kit.folder_in(context.peers) / "libsolv_bench"
        self.libsolv.parent.mkdir(exist_ok=True)
        subprocess.run(["cc", "-O2", self.scripts / "libsolv_bench.c", "-lsolv", "-o", self.libsolv], check=True)

    def of_axle(self, data: DataSet) -> Command:
        return [self.axle, data.folder / "graph.json", "1"]

    def of_python(self, name: str, data: DataSet) -> Command:
        return [PYTHON, self.scripts / "bench.py", name, data.folder]

    def of_libsolv_weak(self, data: DataSet) -> Command:
        return [self.libsolv, data.folder / "flat.txt", "weak"]

    def of_libsolv_strict(self, data: DataSet) -> Command:
        return [self.libsolv, data.folder / "flat.txt", "strict", data.folder / "sat_roots.txt"]

    def of_uv(self, data: DataSet, scratch: pathlib.Path) -> Command:
        return [self.uv, "pip", "compile", "-q", "--cache-dir", scratch / "uv-cache", "--offline", "--no-index",
                "--find-links", data.folder / "wheels", "--python", PYTHON, "--no-header",
                "-c", data.folder / "fixed.txt", data.folder / "sat_roots.txt", "-o", scratch / "uv.txt"]


def check_choice(data: DataSet, found: dict[str, int]) -> list[str]:
    """What is wrong with the number of plugins that were loaded."""
    loaded = found["Axle"]
    wrong = []
    if loaded != data.optimum():
        wrong.append(f"{data.name}: {loaded} plugins, expected {data.optimum()}")
    if loaded < found["find_plugins"]:
        wrong.append(f"{data.name}: {loaded} plugins, expected as many as the {found['find_plugins']} of find_plugins")
    return wrong


def compare_choices(contestants: Peers, context: Context) -> list[str]:
    """Prints how many plugins each peer loads; returns what is wrong with Axle's."""
    print("\nplugins loaded; the optimum is a SAT solver's; (kit): pre-releases judged by each requirement alone")
    print(f"  {'':14} {'plugins':>8} {'optimum':>8} {'(kit)':>8} {'Axle':>8} {'find_plugins':>13} {'libsolv weak':>13}")
    wrong = []
    for name in kit.NAMES:
        data = kit.prepare(name, contestants.scripts, context.peers)
        axle = reported(contestants.of_axle(data), context.env)
        found = {"Axle": axle["loaded"],
                 "find_plugins": reported(contestants.of_python("pr-find-distinfo", data), context.env)["n"],
                 "libsolv weak": reported(contestants.of_libsolv_weak(data), context.env)["n"]}
        print(f"  {name:14} {axle['roots']:8} {data.optimum():8} {data.optimum_of_kit():8} {found['Axle']:8} "
              f"{found['find_plugins']:13} {found['libsolv weak']:13}", flush=True)
        wrong += check_choice(data, found)
    return wrong


def compare_solving(name: str, contestants: Peers, context: Context) -> None:
    data = kit.prepare(name, contestants.scripts, context.peers)
    compare(f"{name}: from the graph in memory to the plan, the first time in a process", solving, [
        ("Axle", contestants.of_axle(data)),
        ("find_plugins, its solving part", contestants.of_python("pr-find-distinfo", data)),
        ("resolvelib", contestants.of_python("resolvelib", data)),
        ("libsolv, weak", contestants.of_libsolv_weak(data)),
        ("libsolv, strict", contestants.of_libsolv_strict(data))], context)


def compare_processes(name: str, contestants: Peers, context: Context) -> None:
    data = kit.prepare(name, contestants.scripts, context.peers)
    compare(f"{name}: from the folder to the plan, whole process, known by then", wall, [
        ("axle resolve FOLDER --json", [context.build / "bin/axle", "resolve", data.folder / "wheels", "--json"]),
        ("uv pip compile", contestants.of_uv(data, context.scratch))], context)


def compare_hard(name: str, contestants: Peers, context: Context) -> None:
    """Where the folder is small and the search is long."""
    data = kit.prepare(name, contestants.scripts, context.peers)

    def measure(command: Command, env: dict[str, str]) -> float:
        return solving(command, env) if command[0] == contestants.axle else wall(command, env)

    compare(f"{name}: from the graph in memory to the plan, beside a whole process of uv", measure, [
        ("Axle", contestants.of_axle(data)), ("uv pip compile", contestants.of_uv(data, context.scratch))], context)


def show_explanations(name: str, contestants: Peers, context: Context) -> None:
    """What it takes to find who is to blame, to prove it with the fewest facts, and to try what would help."""
    data = kit.prepare(name, contestants.scripts, context.peers)
    command = [contestants.axle, data.folder / "graph.json", str(max(context.rounds, 5))]
    answer = reported(command, context.env)
    absences = len(answer["left_out"])
    more = statistics.median(answer["explained"]) - statistics.median(answer["solve"])
    print(f"\n{name}: {absences} plugins left out, each explained with remedies that were tried in"
          f" {more / absences * 1e3:.2f} ms")


def run(context: Context) -> None:
    scripts = context.shared / "bench"
    if not scripts.is_dir():
        print("\nresolver: skipped, there is no ../shared/bench")
        return
    contestants = Peers(context)
    environment = kit.environment(scripts, context.peers)
    context.env["PYTHONPATH"] = environment["PYTHONPATH"]
    wrong = compare_choices(contestants, context)
    for name in ("easy-1000", "real-1000", "easy-10000", "real-10000"):
        compare_solving(name, contestants, context)
    for name in ("real-1000", "real-10000"):
        show_explanations(name, contestants, context)
    for name in ("easy-1000", "real-1000", "easy-10000", "real-10000", "chain-500", "sat3-60"):
        compare_processes(name, contestants, context)
    for name in ("chain-500", "sat3-60"):
        compare_hard(name, contestants, context)
    if wrong:
        sys.exit("bench.py: " + "\n          ".join(wrong))
