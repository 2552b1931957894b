"""The archive reader: structure of many members, and the snapshot of a large wheel."""
import pathlib
import subprocess
import sys

from measure import PYTHON, Context, compare, said, wall

MEMBERS = 10_000
TIMES = 10

ZIPFILE = """
import sys, time, zipfile
start = time.perf_counter()
for _ in range(int(sys.argv[2])):
    with zipfile.ZipFile(sys.argv[1]) as archive:
        archive.infolist()
print(time.perf_counter() - start)
"""


def structure(context: Context, program: pathlib.Path) -> None:
    archive = context.scratch / "members.zip"
    subprocess.run([program, "write", archive, str(MEMBERS)], check=True)
    compare(f"structure of {MEMBERS:,} members, {TIMES} times, within a process", said, [
        ("axle: every rule", [program, "structure", archive, str(TIMES)]),
        ("zipfile: central directory", [PYTHON, "-I", "-S", "-c", ZIPFILE, archive, str(TIMES)]),
        ("QuaZip: central directory", [program, "quazip", archive, str(TIMES)]),
    ], context)


def snapshot(context: Context, program: pathlib.Path) -> None:
    wheels = sorted(context.wheels.glob("numpy-*.whl"))
    if not wheels:
        sys.exit(f"bench.py: no wheel of numpy in '{context.wheels}'; ./dev bench fetches it")
    size = wheels[0].stat().st_size / 1e6
    compare(f"numpy's wheel of {size:.1f} MB, whole processes", wall, [
        ("axle: copy, SHA-256, structure", [program, "snapshot", wheels[0], "1"]),
        ("openssl dgst -sha256", ["openssl", "dgst", "-sha256", wheels[0]]),
    ], context)


def run(context: Context) -> None:
    program = context.build / "bin/axle-bench-wheel"
    structure(context, program)
    snapshot(context, program)
