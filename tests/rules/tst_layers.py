"""What may stand where: which sources may know Python, which words occur nowhere, how long things may be.

Lengths beyond what CONTRIBUTING.md calls good are printed; those beyond its limits fail.
"""
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = {".h", ".cpp"}
TEXTS = SOURCES | {".py", ".txt", ".cmake", ".md", ".in", ".json"}
PYTHON = re.compile(r'^\s*#\s*include\s*[<"](Python\.h|pybind11/)', re.M)
MAY_KNOW_PYTHON = ("framework/python/src/", "framework/bindings/", "plugin-sdk/cpp/", "demo-app/", "tests/")
HARD_LINES = {".cpp": 600, ".h": 350}
SOFT_LINES = {".cpp": 400, ".h": 350}
HARD_FUNCTION, SOFT_FUNCTION = 60, 40
README_LINES, ARCHITECTURE_LINES = 25, 200
FORBIDDEN = "Jl" + "Compress"


def files(root, suffixes):
    """The files of the project: git's where there is a clone, else all that lie there."""
    listing = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                             capture_output=True, text=True)
    if listing.returncode == 0:
        found = (root / name for name in listing.stdout.split("\0") if name)
    else:
        found = (f for f in root.rglob("*") if "build" not in f.relative_to(root).parts[:1])
    return sorted(f for f in found if f.suffix in suffixes and f.is_file())


def functions(text):
    """(line, length) of each function body: a brace of its own line that closes in the same column.

    That is how clang-format writes them here; type and namespace bodies are told apart by the line above.
    """
    lines = text.split("\n")
    for start, line in enumerate(lines):
        if line.strip() != "{" or start == 0:
            continue
        column = line.index("{")
        head = " ".join(part.strip() for part in lines[max(0, start - 3):start])
        if re.search(r"\b(class|struct|enum|union|namespace)\b[^()]*$", head):
            continue
        for end in range(start + 1, len(lines)):
            if lines[end].startswith(" " * column + "}"):
                yield start, end - start - 1
                break


def judge_lengths(name, text, suffix):
    """(failures, remarks) about one source."""
    failures, remarks = [], []
    count = text.count("\n")
    if count > HARD_LINES[suffix]:
        failures.append(f"{name}: {count} lines, at most {HARD_LINES[suffix]}")
    elif count > SOFT_LINES[suffix]:
        remarks.append(f"{name}: {count} lines, {SOFT_LINES[suffix]} would be good")
    for line, length in functions(text):
        if length > HARD_FUNCTION:
            failures.append(f"{name}:{line}: a function of {length} lines, at most {HARD_FUNCTION}")
        elif length > SOFT_FUNCTION:
            remarks.append(f"{name}:{line}: a function of {length} lines, {SOFT_FUNCTION} would be good")
    return failures, remarks


def judge(root):
    failures, remarks = [], []
    for file in files(root, TEXTS):
        name, text = file.relative_to(root).as_posix(), file.read_text(errors="replace")
        if FORBIDDEN in text:
            failures.append(f"{name}: {FORBIDDEN} trusts the names in an archive; use WheelArchive and WheelWriter")
        if file.suffix not in SOURCES:
            continue
        if PYTHON.search(text) and not name.startswith(MAY_KNOW_PYTHON):
            failures.append(f"{name}: includes Python's headers, which only framework/python/src and bindings may")
        if name.startswith(("framework/", "plugin-sdk/", "demo-app/")):
            more_failures, more_remarks = judge_lengths(name, text, file.suffix)
            failures += more_failures
            remarks += more_remarks
    for module in sorted(root.glob("framework/*/include")):
        readme = module.parent / "README.md"
        if not readme.exists():
            failures.append(f"framework/{module.parent.name}: has no README.md")
        elif readme.read_text().count("\n") > README_LINES:
            failures.append(f"framework/{module.parent.name}/README.md: more than {README_LINES} lines")
    architecture = root / "ARCHITECTURE.md"
    if architecture.exists() and architecture.read_text().count("\n") >= ARCHITECTURE_LINES:
        failures.append(f"ARCHITECTURE.md: {ARCHITECTURE_LINES} lines or more")
    return failures, remarks


class Layers(unittest.TestCase):
    def test_the_tree(self):
        self.assertGreater(len(files(ROOT, SOURCES)), 20, "no sources found")
        failures, remarks = judge(ROOT)
        for remark in remarks:
            print("remark:", remark)
        self.assertFalse(failures, "\n" + "\n".join(failures))

    def failures_of(self, path, text):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True)
            file.write_text(text)
            return judge(pathlib.Path(folder))[0]

    def test_python_where_it_may_be(self):
        for path in ("framework/python/src/gil.cpp", "framework/bindings/src/native.cpp", "tests/unit/x/tst_x.cpp"):
            self.assertEqual([], self.failures_of(path, "#include <Python.h>\n"))

    def test_python_where_it_may_not_be(self):
        for include in ("<Python.h>", "<pybind11/pybind11.h>"):
            self.assertEqual(1, len(self.failures_of("framework/manager/src/plugin.cpp", f"#include {include}\n")))

    def test_forbidden_word(self):
        self.assertEqual(1, len(self.failures_of("docs/guide/x.md", f"{FORBIDDEN}\n")))

    def test_long_function(self):
        body = "    f();\n"
        self.assertEqual([], self.failures_of("framework/m/src/a.cpp", "int a()\n{\n" + body * 60 + "}\n"))
        self.assertEqual(["framework/m/src/a.cpp:1: a function of 61 lines, at most 60"],
                         self.failures_of("framework/m/src/a.cpp", "int a()\n{\n" + body * 61 + "}\n"))

    def test_long_class_is_no_function(self):
        self.assertEqual([], self.failures_of("framework/m/src/a.h", "class A\n{\n" + "    int b;\n" * 100 + "};\n"))

    def test_long_source(self):
        self.assertEqual([], self.failures_of("framework/m/src/a.cpp", "\n" * 600))
        self.assertEqual(["framework/m/src/a.cpp: 601 lines, at most 600"],
                         self.failures_of("framework/m/src/a.cpp", "\n" * 601))

    def test_module_without_readme(self):
        self.assertEqual(["framework/m: has no README.md"], self.failures_of("framework/m/include/axle/m/a.h", "\n"))


if __name__ == "__main__":
    unittest.main(verbosity=0)
