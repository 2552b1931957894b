"""Reading the metadata of every wheel of a folder: for the first time, and when nothing has changed."""
import base64
import hashlib
import pathlib
import time
import zipfile

from measure import PYTHON, Context, compare, said, wall

# What importlib.metadata does with a wheel on sys.path.
METADATA_SCAN = """
import importlib.metadata, pathlib, sys
wheels = sorted(map(str, pathlib.Path(sys.argv[1]).glob("*.whl")))
for distribution in importlib.metadata.distributions(path=wheels):
    distribution.metadata["Name"], distribution.version, distribution.requires, list(distribution.entry_points)
"""

# The quickest that Python's standard library offers: one look at each archive.
ZIPFILE_SCAN = """
import email.parser, pathlib, sys, zipfile
for wheel in sorted(pathlib.Path(sys.argv[1]).glob("*.whl")):
    with zipfile.ZipFile(wheel) as archive:
        member = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        message = email.parser.HeaderParser().parsestr(archive.read(member).decode())
        message["Name"], message["Version"], message.get_all("Requires-Dist")
"""


def write_wheel(folder: pathlib.Path, name: str, requires: list[str]) -> None:
    """A plausible plugin wheel: a package of 20 modules, metadata, one entry point, RECORD."""
    module, info = name.replace("-", "_"), f"{name.replace('-', '_')}-1.0.dist-info"
    members = {f"{module}/part{i}.py": f"VALUE = {i}\n" * 50 for i in range(20)}
    members[f"{module}/__init__.py"] = "class Plugin:\n    def activate(self, context):\n        pass\n"
    members[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nSummary: A plugin\nAuthor-email: A <a@example.org>\n"
        "License: MIT\nRequires-Python: >=3.8\n"
        + "".join(f"Classifier: Topic :: Number {i}\n" for i in range(12))
        + "".join(f"Requires-Dist: {requirement}\n" for requirement in requires)
        + "\n" + f"What {name} is for, and how it is used.\n" * 100)
    members[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    members[f"{info}/entry_points.txt"] = f"[axle.plugins]\nplugin = {module}:Plugin\n"
    record = ""
    for path, text in members.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    members[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / f"{module}-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in members.items():
            archive.writestr(path, text)


def write_folder(folder: pathlib.Path, count: int) -> pathlib.Path:
    """Plugins that each need the one before."""
    folder.mkdir(mode=0o700)
    for index in range(count):
        write_wheel(folder, f"plugin-{index}", ["numpy>=1.20; python_version < '4'", f"plugin-{index - 1}>=1"] if index else [])
    time.sleep(2.1)  # what is younger is not put into an index
    return folder


def run(context: Context) -> None:
    program = context.build / "bin/axle-bench-scan"
    small = write_folder(context.scratch / "wheels-1000", 1000)
    large = write_folder(context.scratch / "wheels-10000", 10_000)
    store = context.scratch / "store"
    store.mkdir(mode=0o700)
    for name, folder in (("1,000", small), ("10,000", large)):
        contestants = [
            ("Axle, nothing known", [program, "scan", folder, ""]),
            ("zipfile and email", [PYTHON, "-I", "-S", "-c", ZIPFILE_SCAN, folder]),
            ("axle scan FOLDER, known by then", [context.build / "bin/axle", "scan", folder])]
        if folder is small:
            contestants.append(("importlib.metadata", [PYTHON, "-I", "-S", "-c", METADATA_SCAN, folder]))
        compare(f"reading {name} wheels of 25 members, whole process, page cache warm", wall, contestants, context)
    compare("an unchanged folder of 10,000 wheels, within a process that has just begun", said, [
        ("Scanner::scan", [program, "scan", large, store]),
        ("bare readdir and fstatat", [program, "stat", large]),
        ("scan, and all that resolving asks for", [program, "use", large, store])], context)
