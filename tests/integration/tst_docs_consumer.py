"""What a user of an installed Axle does: installs it, builds a host against it, follows the guides.

usage: tst_docs_consumer.py BUILD_FOLDER [unittest arguments]
The code blocks of the guides are taken out of the pages as they stand: a fence names its file (```cpp file=a/main.cpp).
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else ROOT / "build/dev"
BLOCK = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```$", re.M | re.S)
SECONDS = 120


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=SECONDS * 2, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def extract(page, folder):
    """Writes the page's blocks below `folder`, and gives their names."""
    blocks = BLOCK.findall(page.read_text())
    for name, text in blocks:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return [name for name, _ in blocks]


def output_until(expected, *command, env):
    """What the program prints until a line holds `expected`; the program is then asked to end."""
    program = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, env=env)
    signal.signal(signal.SIGALRM, lambda *_: program.kill())
    signal.alarm(SECONDS)
    lines = []
    for line in program.stdout:
        lines.append(line)
        if expected in line:
            program.terminate()
            break
    program.wait()
    signal.alarm(0)
    program.stdout.close()
    return "".join(lines)


class InstalledAxle(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="axle-consumer-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.prefix = cls.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.env = {name: value for name, value in os.environ.items()
                   if name not in ("LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME")}
        cls.env |= {"AXLE_STORE": str(cls.folder / "store"), "XDG_DATA_HOME": str(cls.folder / "data"),
                    "QT_QPA_PLATFORM": "offscreen", "QT_FORCE_STDERR_LOGGING": "1",
                    "CMAKE_CXX_COMPILER_LAUNCHER": "ccache" if shutil.which("ccache") else ""}
        cls.plugins = cls.build_first_plugin()

    @classmethod
    def build_first_plugin(cls):
        """Follows docs/guide/first-plugin.md; gives the folder with the wheel."""
        source, plugins = cls.folder / "first-plugin", cls.folder / "plugins"
        plugins.mkdir(mode=0o700)
        extract(ROOT / "docs/guide/first-plugin.md", source)
        run("/usr/bin/python3", "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index",
            "--wheel-dir", plugins, ".", cwd=source)
        return plugins

    def build(self, source, *definitions):
        build = self.folder / "build" / source.name
        run("cmake", "-S", source, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={self.prefix}", *definitions,
            env=self.env)
        run("cmake", "--build", build, env=self.env)
        return build

    def test_nothing_but_public_things_is_installed(self):
        installed = {path.relative_to(self.prefix).as_posix() for path in self.prefix.rglob("*") if path.is_file()}
        self.assertTrue({"include/axle/manager/pluginmanager.h", "include/axle/core/error.h"} <= installed)
        self.assertTrue(any(path.endswith("cmake/Axle/AxleConfigVersion.cmake") for path in installed))
        self.assertFalse([path for path in installed if path.endswith(("_p.h", ".a", ".o", ".cpp"))])

    def test_installed_files_name_no_folder_of_the_build(self):
        for path in self.prefix.rglob("*"):
            if path.is_file() and path.suffix in (".cmake", ".h", ".py"):
                self.assertNotIn(str(BUILD), path.read_text(), path)
                self.assertNotIn(str(ROOT), path.read_text(), path)

    def test_consumer(self):
        build = self.build(HERE / "consumer")
        self.assertIn("hello-greeter 1.0 active", run(build / "consumer", self.plugins, env=self.env).splitlines())

    def test_python_package(self):
        package, = self.prefix.glob("lib*/**/axle/python")
        wheel, = self.plugins.glob("*.whl")
        code = f"import axle\naxle.Wheel({str(wheel)!r}).mount()\nimport hello_greeter\nprint(hello_greeter.__file__)"
        printed = run("/usr/bin/python3", "-c", code, env=self.env | {"PYTHONPATH": str(package)})
        self.assertEqual(f"{wheel}/hello_greeter/__init__.py\n", printed)

    def test_command_without_its_host(self):
        """host-missing: `axle` alone, as a careless package would have it."""
        axle = shutil.copy(self.prefix / "bin/axle", self.folder)
        done = subprocess.run([axle, "run", self.plugins], capture_output=True, text=True, env=self.env)
        self.assertEqual(3, done.returncode)
        self.assertIn(f"cannot start '{self.folder}/axle-host': No such file or directory", done.stderr)
        self.assertIn("install Axle again", done.stderr)

    def test_embedding_guide(self):
        guide = self.folder / "guide"
        names = extract(ROOT / "docs/guide/embedding.md", guide)
        self.assertEqual(["console/CMakeLists.txt", "console/main.cpp", "window/CMakeLists.txt", "window/main.cpp"], names)
        with self.subTest("console"):
            build = self.build(guide / "console")
            expected = 'loaded "hello-greeter"'
            self.assertIn(expected, output_until(expected, build / "console-host", self.plugins, env=self.env))
        with self.subTest("window"):
            build = self.build(guide / "window", f"-DAXLE_PROBE={HERE}/consumer/probe.cpp",
                               f"-DCMAKE_PROJECT_window_host_INCLUDE={HERE}/consumer/probe.cmake")
            shown = run(build / "window-host", self.plugins, env=self.env)
            self.assertIn("window shows: Hello, Ada!", shown.splitlines())

    def test_first_plugin_guide(self):
        axle = self.prefix / "bin/axle"
        self.assertIn("hello-greeter", run(axle, "scan", self.plugins, env=self.env))
        lines = run(axle, "run", self.plugins, "--json", "--unload", env=self.env).splitlines()
        events = [(event["event"], event.get("id")) for event in map(json.loads, lines)]
        self.assertIn(("pluginLoaded", "hello-greeter"), events)
        self.assertIn(("pluginUnloaded", "hello-greeter"), events)


if __name__ == "__main__":
    unittest.main(verbosity=0)
