"""Reading the metadata of every wheel of a folder, as a whole process."""
import base64
import hashlib
import pathlib
import zipfile

from measure import PYTHON, Context, compare, wall

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
        names = archive.namelist()
        info = next(name for name in names if name.endswith(".dist-info/METADATA"))[:-len("METADATA")]
        message = email.parser.HeaderParser().parsestr(archive.read(info + "METADATA").decode())
        message["Name"], message["Version"], message.get_all("Requires-Dist")
        if info + "entry_points.txt" in names:
            archive.read(info + "entry_points.txt").decode()
"""


def write_wheel(folder: pathlib.Path, name: str, requires: list[str]) -> None:
    """A plausible plugin wheel: a package of 20 modules, metadata, one entry point, RECORD."""
    module, info = name.replace("-", "_"), f"{name.replace('-', '_')}-1.0.dist-info"
    members = {f"{module}/part{i}.py": f"VALUE = {i}\n" * 50 for i in range(20)}
    members[f"{module}/__init__.py"] = "class Plugin:\n    def activate(self, context):\n        pass\n"
    members[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nSummary: A plugin\n" + "".join(
        f"Requires-Dist: {requirement}\n" for requirement in requires) + "\n" + "About it.\n" * 100
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


def run(context: Context) -> None:
    for count in (100, 1000):
        wheels = context.scratch / f"wheels-{count}"
        wheels.mkdir(mode=0o700)
        for index in range(count):
            write_wheel(wheels, f"plugin-{index}", [f"plugin-{index - 1}>=1"] if index else [])
        compare(f"scan of {count} generated wheels of 25 members, whole process", wall, [
            ("axle scan FOLDER --json", [context.build / "bin/axle", "scan", wheels, "--json"]),
            ("importlib.metadata", [PYTHON, "-I", "-S", "-c", METADATA_SCAN, wheels]),
            ("zipfile and email", [PYTHON, "-I", "-S", "-c", ZIPFILE_SCAN, wheels]),
        ], context)
