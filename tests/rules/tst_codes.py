"""Every error code is explained to users and exercised by a test.

A code is an `ErrorCode` constant of a codes.h, of a module or of the command `axle`. It needs an entry `### code` in docs/reference/errors/MODULE.md,
with at least a sentence below it, and a test source that names its text.
"""
import pathlib
import re
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = re.compile(r'\bErrorCode\s+\w+\s*\{\s*"([^"]*)"\s*\}')
ENTRY = re.compile(r"^### (\S+)[ \t]*$", re.M)
TEST_SOURCES = {".cpp", ".h", ".py", ".json", ".golden", ".txt"}


def declared(root):
    """{code: module}, and the complaints about how they are declared."""
    codes, complaints = {}, []
    headers = sorted(root.glob("framework/*/include/axle/*/codes.h")) + sorted(root.glob("plugin-sdk/*/src/codes.h"))
    for header in headers:
        place, module = header.relative_to(root).parts[:2]
        for code in CODE.findall(header.read_text()):
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code):
                complaints.append(f"'{code}' of {module} is not kebab-case of two words or more")
            if code in codes and place == "plugin-sdk":
                continue  # a program may say a module's code without linking the module
            if code in codes:
                complaints.append(f"'{code}' is declared by {codes[code]} and by {module}")
            codes[code] = module
    return codes, complaints


def documented(root):
    """{(module, code): the text of its entry}, and the complaints about entries that are there twice."""
    entries, complaints = {}, []
    for page in sorted(root.glob("docs/reference/errors/*.md")):
        parts = ENTRY.split(page.read_text())[1:]
        for code, text in zip(parts[::2], parts[1::2]):
            if (page.stem, code) in entries:
                complaints.append(f"'{code}' has two entries in {page.name}")
            entries[page.stem, code] = text.split("\n## ")[0].strip()
    return entries, complaints


def sources_of_tests(root):
    here = pathlib.Path(__file__).resolve()
    files = (f for f in root.glob("tests/**/*") if f.suffix in TEST_SOURCES and f.is_file() and f.resolve() != here)
    return "\n".join(f.read_text(errors="replace") for f in files)


def complaints(root):
    codes, found = declared(root)
    entries, more = documented(root)
    found += more
    tests = sources_of_tests(root)
    for code, module in codes.items():
        if (module, code) not in entries:
            found.append(f"'{code}' has no entry in docs/reference/errors/{module}.md")
        elif not entries[module, code]:
            found.append(f"the entry of '{code}' in docs/reference/errors/{module}.md says nothing")
        if not re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", tests):
            found.append(f"'{code}' of {module} is named by no test")
    for module, code in entries:
        if codes.get(code) != module:
            found.append(f"docs/reference/errors/{module}.md explains '{code}', which {module} does not declare")
    index = root / "docs/reference/errors.md"
    pages = {page.name for page in root.glob("docs/reference/errors/*.md")}
    linked = set(re.findall(r"\(errors/([\w.]+)\)", index.read_text() if index.exists() else ""))
    found += [f"docs/reference/errors.md does not link to errors/{page}" for page in sorted(pages - linked)]
    found += [f"docs/reference/errors.md links to errors/{page}, which is not there" for page in sorted(linked - pages)]
    return found


class Codes(unittest.TestCase):
    def test_the_tree(self):
        codes, _ = declared(ROOT)
        self.assertGreater(len(codes), 3, "no codes found: has the way they are declared changed?")
        found = complaints(ROOT)
        self.assertFalse(found, "\n" + "\n".join(found))

    def check(self, expected, header='inline constexpr ErrorCode A{"a-b"};', page="### a-b\nWhy.\n",
              test='QCOMPARE(code, "a-b");', index="[m](errors/m.md)"):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in {"framework/m/include/axle/m/codes.h": header, "docs/reference/errors/m.md": page,
                               "docs/reference/errors.md": index, "tests/tst_m.cpp": test}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            self.assertEqual(expected, complaints(root))

    def test_all_is_well(self):
        self.check([])

    def test_code_without_entry(self):
        self.check(["'a-b' has no entry in docs/reference/errors/m.md"], page="")

    def test_entry_without_text(self):
        self.check(["the entry of 'a-b' in docs/reference/errors/m.md says nothing"], page="### a-b\n\n")

    def test_entry_without_code(self):
        self.check(["docs/reference/errors/m.md explains 'c-d', which m does not declare"],
                   page="### a-b\nWhy.\n### c-d\nWhy.\n")

    def test_entry_twice(self):
        self.check(["'a-b' has two entries in m.md"], page="### a-b\nWhy.\n### a-b\nWhy.\n")

    def test_code_without_test(self):
        self.check(["'a-b' of m is named by no test"], test='"a-b-c" "xa-b"')

    def test_code_that_is_not_kebab_case(self):
        self.check(["'aB-c' of m is not kebab-case of two words or more"],
                   header='ErrorCode A{"aB-c"};', page="### aB-c\nWhy.\n", test='"aB-c"')

    def test_page_that_the_index_forgets(self):
        self.check(["docs/reference/errors.md does not link to errors/m.md"], index="")


if __name__ == "__main__":
    unittest.main(verbosity=0)
