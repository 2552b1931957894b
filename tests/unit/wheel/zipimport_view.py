"""What CPython's zipimport sees in each archive of a folder, one line a fact, for tst_plainzip.cpp.

usage: zipimport_view.py FOLDER
"""
import hashlib
import pathlib
import sys
import zipimport
import zlib

DIRECTORY_ERRORS = (zipimport.ZipImportError, EOFError, UnicodeDecodeError)


def described(archive: str, entry: tuple) -> str:
    """The SHA-256 of an entry's bytes; `crc` when they are not those that were packed, `unreadable` when there are none."""
    try:
        data = zipimport._get_data(archive, entry)
    except (zipimport.ZipImportError, EOFError, OSError, zlib.error):
        return "unreadable"
    return hashlib.sha256(data).hexdigest() if zlib.crc32(data) == entry[7] else "crc"


def view(archive: str) -> list[str]:
    try:
        files = zipimport._read_directory(archive)
    except DIRECTORY_ERRORS:
        return ["refused"]
    return [" ".join([name.encode().hex(), *map(str, entry[1:]), described(archive, entry)])
            for name, entry in files.items()]


def main() -> None:
    for archive in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        for line in view(str(archive)):
            print(archive.name, line)


if __name__ == "__main__":
    main()
