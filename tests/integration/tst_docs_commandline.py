"""The examples of docs/reference/command-line.md do what the page shows.

usage: tst_docs_commandline.py AXLE [unittest arguments]
AXLE is the program. Each `$ axle …` line of the page is run in the folder that the page speaks of.
"""
import base64
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import tomllib
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
AXLE = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else ROOT / "build/dev/bin/axle"
PAGE = (ROOT / "docs/reference/command-line.md").read_text()
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.M | re.S)
SERVER = "/srv/app/plugins"  # of the page; nobody has it

PLUGIN = "[axle.plugins]\nplugin = {module}:Plugin\n"


def write_wheel(folder: pathlib.Path, name: str, version: str, *requirements: str, is_plugin: bool = False) -> None:
    module = name.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {requirement}\n" for requirement in requirements)
    files = {
        f"{module}.py": "class Plugin:\n    pass\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}Requires-Python: >=3.8\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    if is_plugin:
        files[f"{info}/entry_points.txt"] = PLUGIN.format(module=module)
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text)}\n"
    with zipfile.ZipFile(folder / f"{module}-{version}-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), text)
        archive.writestr(zipfile.ZipInfo(f"{info}/RECORD"), f"{record}{info}/RECORD,,\n")


def blocks(language: str) -> list[str]:
    """The fenced blocks of the page that are marked so, without their indentation."""
    return [textwrap.dedent(text) for _, found, text in BLOCK.findall(PAGE) if found == language]


def examples() -> list[tuple[str, str]]:
    """Each command that the page shows with `$`, and its output, which may be left out."""
    found = []
    for text in blocks(""):
        for example in text.split("$ ")[1:] if text.startswith("$ ") else []:
            command, _, output = example.partition("\n")
            found.append((command, output))
    return found


class CommandLinePage(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="axle-page-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.server = self.folder / "server"
        self.server.mkdir()
        self.env = os.environ | {"PATH": f"{AXLE.parent}:{os.environ['PATH']}", "AXLE_STORE": str(self.folder / "store")}
        plugins = self.folder / "plugins"
        plugins.mkdir()
        (self.folder / "host.txt").write_text("numpy==1.26.4\n")
        write_wheel(plugins, "geo-core", "2.4")
        write_wheel(plugins, "geo-core", "3.1")
        write_wheel(plugins, "geo-core", "3.2", "geo-fast>=2")
        write_wheel(plugins, "heat-map", "1.0", "geo-core>=3", is_plugin=True)
        write_wheel(plugins, "route-kit", "1.0", "geo-core<3", is_plugin=True)

    def run_line(self, command: str) -> str:
        """What a line of the page prints. Other programs of a pipe are run where they are installed."""
        pipe = [part.strip() for part in command.replace(SERVER, str(self.server)).split("|")]
        installed = [part for part in pipe if shutil.which(part.split()[0], path=self.env["PATH"])]
        done = subprocess.run(["bash", "-o", "pipefail", "-c", " | ".join(installed)], capture_output=True, text=True,
                              timeout=60, cwd=self.folder, env=self.env)
        self.assertEqual((0, ""), (done.returncode, done.stderr), command)
        return done.stdout

    def test_every_example(self) -> None:
        run = []
        for command, output in examples():
            if not command.startswith("axle "):
                continue
            with self.subTest(command):
                printed = self.run_line(command)
                if output:
                    self.assertEqual(output, printed)
                run.append(command.split()[1])
        self.assertEqual({"resolve", "why", "why-not", "graph", "lock", "sync"}, set(run))

    def test_every_command_has_its_line_and_its_section(self) -> None:
        done = subprocess.run([AXLE, "--help"], capture_output=True, text=True, check=True, env=self.env)
        commands = set(re.findall(r"^  ([a-z][a-z-]*) ", done.stdout, re.M))
        self.assertIn("why-not", commands)
        self.assertEqual(commands, set(re.findall(r"^axle ([a-z-]+?) ", blocks("")[0], re.M)) - {"--version"})
        self.assertEqual(commands, set(re.findall(r"^## `axle ([a-z-]+)`$", PAGE, re.M)))

    def test_the_lock(self) -> None:
        shown, = (tomllib.loads(text) for text in blocks("toml"))
        written = tomllib.loads(self.run_line("axle lock plugins"))
        written["packages"] = [each for each in written["packages"] if each["name"] == "heat-map"]
        for lock in (shown, written):
            wheel = lock["packages"][0]["wheels"][0]
            self.assertRegex(wheel["hashes"].pop("sha256"), "^[0-9a-f]{64}$")
            self.assertGreater(wheel.pop("size"), 0)
        self.assertEqual(shown, written)


if __name__ == "__main__":
    unittest.main(verbosity=0)
