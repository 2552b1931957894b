"""What CPython's zipfile sees in each archive of a folder, one line a member, for tst_otherreaders.cpp.

usage: zipfile_view.py FOLDER
"""
import pathlib
import sys
import zipfile


def view(archive: pathlib.Path) -> list[str]:
    """Names, sizes and CRCs, after all data were read."""
    try:
        with zipfile.ZipFile(archive) as file:
            damaged = file.testzip()
            members = [f"{info.filename.encode().hex()} {info.file_size} {info.CRC}" for info in file.infolist()]
    except Exception as error:  # whatever it is, this archive was not accepted
        return [f"refused: {error!r}"]
    return members if damaged is None else [f"refused: {damaged!r} is damaged"]


def main() -> None:
    for archive in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        for line in view(archive):
            print(archive.name, line)


if __name__ == "__main__":
    main()
