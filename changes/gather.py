"""Gathers the change notes of this folder into a section of CHANGELOG.md, and removes them.

usage: gather.py VERSION        (see README.md beside this file)
"""
import datetime
import pathlib
import re
import sys

KINDS = ("added", "changed", "fixed", "removed")
NOTE = re.compile(rf"[a-z0-9-]+\.({'|'.join(KINDS)})\.md")


def notes(folder):
    """The notes of `folder`, sorted; a ValueError names a file that is none."""
    found = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    for path in found:
        if not NOTE.fullmatch(path.name):
            raise ValueError(f"'{path.name}' is no change note, expected <topic>.<kind>.md with a kind of {', '.join(KINDS)}")
        if not path.read_text().strip():
            raise ValueError(f"'{path.name}' says nothing")
    return found


def section(version, date, found):
    lines = [f"## {version} ({date})", ""]
    for kind in KINDS:
        texts = [" ".join(path.read_text().split()) for path in found if path.name.endswith(f".{kind}.md")]
        if texts:
            lines += [f"### {kind.capitalize()}", "", *(f"- {text}" for text in texts), ""]
    return "\n".join(lines)


def gather(root, version, date):
    found = notes(root / "changes")
    changelog = root / "CHANGELOG.md"
    head, marker, tail = changelog.read_text().partition("\n## ")
    changelog.write_text(head.rstrip("\n") + "\n\n" + section(version, date, found) + marker + tail)
    for path in found:
        path.unlink()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    gather(pathlib.Path(__file__).resolve().parents[1], sys.argv[1], datetime.date.today())
