"""Versions and specifier sets, beside pypa/packaging and uv's Rust through Python."""
import pathlib
import random
import statistics

import peers
from measure import PYTHON, Context, reported

PEERS = ["packaging==26.0", "pep440_rs==0.6.5"]
OPERATIONS = {"parse": "parse a version", "parse a set": "parse a specifier set", "contains": "is a version in a set",
              "sort": "sort, a version"}

# The four operations of packaging.cpp. Arguments: folder of the peers, versions, specifiers.
PEER = """
import json, pathlib, statistics, sys, time
sys.path.insert(0, sys.argv[1])
{imports}
texts, sets = (pathlib.Path(path).read_text().split() for path in sys.argv[2:])

def measure(count, operate):
    times = []
    for _ in range(3):
        start = time.perf_counter_ns()
        result = operate()
        times.append((time.perf_counter_ns() - start) / count)
    return statistics.median(times), result

parse, versions = measure(len(texts), lambda: [Version(text) for text in texts])
parse_set, specifiers = measure(len(sets), lambda: [Specifiers(text) for text in sets])
asking, asked = specifiers[:100], versions[:400]
contains, admitted = measure(len(asking) * len(asked),
                             lambda: sum({contains} for set in asking for version in asked))
sort, _ = measure(len(versions), lambda: sorted(versions))
print(json.dumps(dict(zip(("parse", "parse a set", "contains", "sort", "admitted"),
                          (parse, parse_set, contains, sort, admitted)))))
"""
PACKAGING = PEER.format(imports="from packaging.version import Version\nfrom packaging.specifiers import SpecifierSet as Specifiers",
                        contains="set.contains(version, prereleases=True)")
PEP440_RS = PEER.format(imports="from pep440_rs import Version, VersionSpecifiers as Specifiers", contains="version in set")


def generate(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """Made-up texts in the proportions of PyPI: most are two or three small numbers."""
    chance = random.Random(440)

    def release() -> str:
        first = chance.choice([0, 1, 1, 2, 3, 4, 9, 12, 20, 35, 2023])
        return ".".join(map(str, [first, *(chance.randrange(40) for _ in range(chance.choice([1, 2, 2, 2, 3])))]))

    suffixes = [""] * 44 + ["rc8", "a1", "b2", ".post0", ".dev120", "+cu116"]
    versions = [release() + chance.choice(suffixes) for _ in range(20_000)]
    kinds = [">={}", ">={}", ">={},<99", "=={}", "~={}", "<{}", "=={}.*", ">={},!={}.1"]
    sets = [chance.choice(kinds).format(text, text) for text in (release() for _ in range(500))]
    for name, lines in (("versions.txt", versions), ("specs.txt", sets)):
        (folder / name).write_text("\n".join(lines) + "\n")
    return folder / "versions.txt", folder / "specs.txt"


def run(context: Context) -> None:
    data = context.shared / "bench/versions.txt", context.shared / "bench/specs.txt"
    if not all(path.is_file() for path in data):
        data = generate(context.scratch)
    folder = peers.install(PEERS, context.peers)
    contestants = {"axle": [context.build / "bin/axle-bench-packaging", *data],
                   PEERS[0]: [PYTHON, "-I", "-c", PACKAGING, folder, *data],
                   PEERS[1]: [PYTHON, "-I", "-c", PEP440_RS, folder, *data]}
    answers: dict[str, list[dict[str, float]]] = {name: [] for name in contestants}
    for _ in range(context.rounds):
        for name, command in contestants.items():
            answers[name].append(reported(command, context.env))
    admitted = {name: int(rounds[0]["admitted"]) for name, rounds in answers.items()}
    if len(set(admitted.values())) != 1:
        raise RuntimeError(f"the contestants do not do the same: {admitted}")

    def median(name: str, operation: str) -> float:
        return statistics.median(answer[operation] for answer in answers[name])

    print(f"\nversions and specifier sets of '{data[0].parent}', medians of {context.rounds} runs")
    for operation, title in OPERATIONS.items():
        for name in contestants:
            nanoseconds, ratio = median(name, operation), median(name, operation) / median("axle", operation)
            print(f"  {title:24} {name:18} {nanoseconds:9,.1f} ns   {ratio:7.1f} x")
    print(f"  1 MiB of clauses is refused in {median('axle', 'hostile') / 1e6:.2f} ms")
