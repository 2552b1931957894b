"""Links between the documents lead somewhere: to a file that is there, and to a heading that it has."""
import pathlib
import re
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.M | re.S)
HEADING = re.compile(r"^#+ (.+)$", re.M)


def anchor(heading):
    """The anchor of a heading, as the usual renderers make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def broken(root):
    pages = [page for page in root.rglob("*.md") if "build" not in page.relative_to(root).parts[:1]]
    found = []
    for page in sorted(pages):
        for link in LINK.findall(CODE.sub("", page.read_text())):
            path, _, fragment = link.partition("#")
            if "://" in path:
                continue
            target = (page.parent / path).resolve() if path else page
            if not target.exists():
                found.append(f"{page.relative_to(root)}: '{link}' leads nowhere")
            elif fragment and fragment not in map(anchor, HEADING.findall(target.read_text())):
                found.append(f"{page.relative_to(root)}: '{link}' names a heading that is not there")
    return found


class Links(unittest.TestCase):
    def test_the_tree(self):
        found = broken(ROOT)
        self.assertFalse(found, "\n" + "\n".join(found))

    def test_what_is_broken(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "b.md").write_text("# Some heading\n")
            (root / "a.md").write_text("[x](b.md) [x](b.md#some-heading) `[no](link.md)` [x](https://example.org/)\n"
                                       "```\n[no](link.md)\n```\n[x](c.md) [x](b.md#other)\n")
            self.assertEqual(["a.md: 'c.md' leads nowhere", "a.md: 'b.md#other' names a heading that is not there"],
                             broken(root))


if __name__ == "__main__":
    unittest.main(verbosity=0)
