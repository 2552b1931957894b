"""Peers from PyPI, in exact versions, kept in the user's cache as wheels are."""
import pathlib
import subprocess
import sys


def install(requirements: list[str], cache: pathlib.Path) -> pathlib.Path:
    """A folder for sys.path that holds exactly `requirements` (`name==version`); it is made once."""
    target = cache / "-".join(sorted(requirements))
    if not target.is_dir():
        unfinished = target.with_name(target.name + ".part")
        print("installing", *requirements, "into", target, flush=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps",
                        "--only-binary=:all:", "--upgrade", "--target", unfinished, *requirements], check=True)
        unfinished.rename(target)
    return target
