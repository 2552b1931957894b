"""Change notes are well-formed, and gathering them makes a section of the change log."""
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "changes"))
import gather  # noqa: E402


class Changes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "changes").mkdir()
        (self.root / "changes/README.md").write_text("# Change notes\n")

    def note(self, name, text):
        (self.root / "changes" / name).write_text(text)

    def test_the_tree(self):
        gather.notes(ROOT / "changes")

    def test_gathering(self):
        (self.root / "CHANGELOG.md").write_text("# Changes\n\nHead.\n\n## 0.1 (2026-01-01)\n\n### Added\n\n- All.\n")
        self.note("b.fixed.md", "It no longer\nfalls.\n")
        self.note("a.fixed.md", "First.\n")
        self.note("z.added.md", "New.\n")
        gather.gather(self.root, "0.2", "2026-02-03")
        self.assertEqual("# Changes\n\nHead.\n\n"
                         "## 0.2 (2026-02-03)\n\n### Added\n\n- New.\n\n### Fixed\n\n- First.\n- It no longer falls.\n"
                         "\n## 0.1 (2026-01-01)\n\n### Added\n\n- All.\n", (self.root / "CHANGELOG.md").read_text())
        self.assertEqual(["README.md"], [path.name for path in (self.root / "changes").iterdir()])

    def test_first_release(self):
        (self.root / "CHANGELOG.md").write_text("# Changes\n\nHead.\n")
        self.note("a.added.md", "All.\n")
        gather.gather(self.root, "0.1", "2026-01-01")
        self.assertEqual("# Changes\n\nHead.\n\n## 0.1 (2026-01-01)\n\n### Added\n\n- All.\n",
                         (self.root / "CHANGELOG.md").read_text())

    def test_unknown_kind(self):
        self.note("a.new.md", "All.\n")
        with self.assertRaisesRegex(ValueError, "'a.new.md' is no change note"):
            gather.notes(self.root / "changes")

    def test_empty_note(self):
        self.note("a.added.md", " \n")
        with self.assertRaisesRegex(ValueError, "'a.added.md' says nothing"):
            gather.notes(self.root / "changes")


if __name__ == "__main__":
    unittest.main(verbosity=0)
