"""The data sets of ../shared/bench, with the answers of a SAT solver; made once and kept in the user's cache."""
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys

import peers

# find_plugins, resolvelib, and what the kit itself needs.
PEERS = ["packaging==26.3", "python-sat==1.9.dev22", "resolvelib==1.2.1", "setuptools==80.9.0", "six==1.17.0"]

# Kind and size of a universe, and for some a seed. Of `easy`, `real` and `broken` the size is the number of wheels.
NAMES = ("easy-100", "easy-1000", "easy-10000", "real-100", "real-1000", "real-10000",
         *(f"real-3000-{seed}" for seed in range(8, 16)), "broken-1000",
         "trap-50", "chain-50", "chain-500", "ladder-12", "sat3-30", "sat3-60", "php-9")


@dataclasses.dataclass(frozen=True)
class DataSet:
    """One universe: graph.json, flat.txt, wheels, distinfo; roots.txt, fixed.txt, sat_roots.txt; oracle.json and
    optimum.txt."""
    folder: pathlib.Path

    @property
    def name(self) -> str:
        return self.folder.name

    def optimum(self) -> int:
        """How many plugins can live together: optimum.py."""
        return int((self.folder / "optimum.txt").read_text())

    def optimum_of_kit(self) -> int:
        """The same, pre-releases being judged by each requirement alone: the kit's oracle.py."""
        return json.loads((self.folder / "oracle.json").read_text())["max"]


def folder_in(cache: pathlib.Path) -> pathlib.Path:
    return cache / "resolver"


def environment(kit: pathlib.Path, cache: pathlib.Path) -> dict[str, str]:
    """In which Python finds the kit's modules, and what these import."""
    paths = os.pathsep.join(map(str, (kit, peers.install(PEERS, cache))))
    return dict(os.environ, PYTHONPATH=paths, PYTHONDONTWRITEBYTECODE="1")


def prepare(name: str, kit: pathlib.Path, cache: pathlib.Path) -> DataSet:
    target = folder_in(cache) / name
    if not target.is_dir():
        unfinished = target.with_name(name + ".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        kind, size, *seed = name.split("-")
        print("making the data set", name, "in", target.parent, flush=True)
        for script, *arguments in (
                (kit / "gen.py", kind, size, "--seed", *(seed or ["1"]), "--out", unfinished,
                 "--formats", "graph,wheels,distinfo"),
                (kit / "common.py", unfinished), (kit / "oracle.py", unfinished, "--max"),
                (pathlib.Path(__file__).with_name("optimum.py"), unfinished)):
            # -P: a suite here has the name of a module that the scripts import.
            subprocess.run([sys.executable, "-P", script, *arguments], check=True, stdout=subprocess.DEVNULL,
                           env=environment(kit, cache))
        unfinished.rename(target)
    return DataSet(target)
