"""What the writer writes passes `twine check --strict`; skipped where twine cannot be fetched.

usage: tst_twine.py SAMPLEWHEELS
"""
import os
import pathlib
import subprocess
import sys
import tempfile

TWINE = "twine==7.0.0"
SKIPPED = 77
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache", "axle-twine", TWINE)


def fetched() -> bool:
    """Whether twine is in the cache; it is put there at once or not at all."""
    if CACHE.is_dir():
        return True
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE.parent) as folder:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "0",
             "--root-user-action", "ignore", "--timeout", "10", "--only-binary", ":all:",
             "--target", f"{folder}/twine", TWINE],
            check=False, timeout=240)
        if done.returncode == 0:
            os.rename(f"{folder}/twine", CACHE)
    return CACHE.is_dir()


def main() -> int:
    if not fetched():
        print(f"SKIPPED: {TWINE} is not in {CACHE} and cannot be fetched")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True)
        wheels = sorted(pathlib.Path(folder).glob("*.whl"))
        done = subprocess.run([sys.executable, "-m", "twine", "check", "--strict", *wheels],
                              env={**os.environ, "PYTHONPATH": str(CACHE), "NO_COLOR": "1"}, check=False)
    return done.returncode if wheels else 1


if __name__ == "__main__":
    sys.exit(main())
