"""What PyPI demands of the bytes of an uploaded wheel, written from its rules and not from the reader of Axle."""
import collections
import configparser
import csv
import dataclasses
import io
import pathlib
import re
import struct
import zipfile
import zlib

MEBIBYTE = 1 << 20
SENTINEL = 0xFFFFFFFF
ZIP64_EXTRA, UNICODE_PATH = 0x0001, 0x7075
END, LOCATOR, ZIP64_END = b"PK\5\6", b"PK\6\7", b"PK\6\6"

RULES = {
    "local-version": "no local version", "platform": "a platform that says which library it needs",
    "size": "at most 100 MiB", "trailing-data": "the end record ends the file", "several-ends": "one end record",
    "prefix-data": "the first member begins at 0", "entry-count": "all counts agree with the members found",
    "directory-bounds": "the directory reaches to the end record", "zip64-locator": "ZIP64 records in their place",
    "zip64-record": "no extensible data", "gap": "members follow each other", "local-name": "one name in both headers",
    "local-sizes": "one size and CRC in both headers", "descriptor": "no data descriptor",
    "method": "stored or deflated",
    "comment": "no comment of a member", "extra": "extra fields fill their space",
    "extra-twice": "each extra field once",
    "zip64-extra": "exactly the fields that are missing", "unicode-path": "the other name is the name",
    "control": "no control characters in names", "duplicate": "each name once",
    "bomb": "at most 50 times the file, or 64 MiB",
    "polyglot": "no other kind of file", "record": "RECORD names all files", "entry-points": "plain names",
}


class Refused(Exception):
    """What broke the rule of that name."""

    def __init__(self, rule: str, found: object = "") -> None:
        super().__init__(f"{rule} ({RULES[rule]}): {found!r}")
        self.rule = rule


def demand(rule: str, holds: bool, found: object = "") -> None:
    if not holds:
        raise Refused(rule, found)


@dataclasses.dataclass
class Header:
    """What the two headers of a member have in common."""
    name: bytes
    flags: int
    method: int
    crc: int
    compressed: int
    size: int
    extra: bytes
    end: int

    def sizes(self) -> tuple[int, int, int]:
        return self.crc, self.compressed, self.size


@dataclasses.dataclass
class CentralHeader(Header):
    comment: bytes
    offset: int


def local_header(data: bytes, at: int) -> Header:
    demand("gap", data[at:at + 4] == b"PK\3\4", at)
    flags, method, crc, compressed, size, names, extras = struct.unpack_from("<6xHH4xIIIHH", data, at)
    name = data[at + 30:at + 30 + names]
    end = at + 30 + names + extras
    return Header(name, flags, method, crc, compressed, size, data[end - extras:end], end)


def central_header(data: bytes, at: int) -> CentralHeader:
    demand("directory-bounds", data[at:at + 4] == b"PK\1\2" and at + 46 <= len(data), at)
    (flags, method, crc, compressed, size, names, extras, comments,
     offset) = struct.unpack_from("<8xHH4xIIIHHH8xI", data, at)
    name, rest = data[at + 46:at + 46 + names], at + 46 + names
    extra, end = data[rest:rest + extras], rest + extras + comments
    return CentralHeader(name, flags, method, crc, compressed, size, extra, end, data[end - comments:end], offset)


def extra_fields(extra: bytes) -> dict[int, bytes]:
    fields = {}
    while extra:
        demand("extra", len(extra) >= 4, extra)
        kind, length = struct.unpack_from("<HH", extra)
        demand("extra", len(extra) >= 4 + length, extra)
        demand("extra-twice", kind not in fields or kind not in (ZIP64_EXTRA, UNICODE_PATH), kind)
        fields[kind] = extra[4:4 + length]
        extra = extra[4 + length:]
    return fields


def judge_header(header: Header, offset: int = 0) -> None:
    """The rules that hold for both headers; `offset` is the central one's."""
    demand("descriptor", not header.flags & 8, header.name)
    demand("method", header.method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), header.method)
    demand("control", not re.search(rb"[\0-\x1f\x7f]", header.name), header.name)
    fields = extra_fields(header.extra)
    missing = [header.size, header.compressed, offset].count(SENTINEL)
    demand("zip64-extra", len(fields.get(ZIP64_EXTRA, b"")) == 8 * missing, header.name)
    if UNICODE_PATH in fields:
        expected = b"\1" + struct.pack("<I", zlib.crc32(header.name)) + header.name
        demand("unicode-path", fields[UNICODE_PATH] == expected, fields[UNICODE_PATH])


def directory(data: bytes) -> tuple[int, list[CentralHeader]]:
    """Where the central directory begins, and its headers."""
    window = max(0, len(data) - 65557)
    ends = [match.start() for match in re.finditer(END, data[window:])]
    ends = [window + at for at in ends if len(data) >= window + at + 22]
    closing = [at for at in ends if at + 22 + struct.unpack_from("<20xH", data, at)[0] == len(data)]
    demand("trailing-data", bool(closing), len(data))
    demand("several-ends", len(closing) == 1, closing)
    here, total, size, offset = struct.unpack_from("<8xHHII", data, closing[0])
    limit = closing[0]
    if data[limit - 20:limit - 16] == LOCATOR:
        claimed = struct.unpack_from("<8xQ", data, limit - 20)[0]
        limit -= 76
        demand("zip64-locator", claimed == limit and data[limit:limit + 4] == ZIP64_END, claimed)
        length, here, total, size, offset = struct.unpack_from("<4xQ12xQQQQ", data, limit)
        demand("zip64-record", length == 44, length)
    else:
        demand("zip64-locator", SENTINEL not in (size, offset) and total != 0xFFFF, total)
    demand("directory-bounds", offset + size == limit, (offset, size, limit))
    headers, at = [], offset
    while at < limit:
        headers.append(central_header(data, at))
        at = headers[-1].end
    demand("directory-bounds", at == limit, at)
    demand("entry-count", here == total == len(headers), (here, total, len(headers)))
    return offset, headers


def judge_structure(data: bytes) -> None:
    demand("polyglot", data[257:262] != b"ustar" and not data.startswith((b"\x7fELF", b"MZ", b"#!")), data[:4])
    start, headers = directory(data)
    counts = collections.Counter(header.name for header in headers)
    demand("duplicate", all(count == 1 for count in counts.values()), counts.most_common(1))
    headers.sort(key=lambda header: header.offset)
    demand("prefix-data", not headers or headers[0].offset == 0, headers[0].offset if headers else 0)
    at = 0
    for header in headers:
        demand("gap", header.offset == at, (header.name, at))
        local = local_header(data, at)
        demand("local-name", local.name == header.name, local.name)
        judge_header(header, header.offset)
        judge_header(local)
        demand("local-sizes", local.sizes() == header.sizes(), local.name)
        demand("comment", not header.comment, header.comment)
        at = local.end + header.compressed
    demand("gap", at == start, (at, start))
    total = sum(header.size for header in headers)
    demand("bomb", total <= 64 * MEBIBYTE or total <= 50 * len(data), total)


def judge_contents(archive: zipfile.ZipFile) -> None:
    names = {name for name in archive.namelist() if not name.endswith("/")}
    (record,) = [name for name in names if re.fullmatch(r"[^/]+\.dist-info/RECORD", name)]
    rows = list(csv.reader(io.StringIO(archive.read(record).decode())))
    demand("record", collections.Counter(row[0] for row in rows) == collections.Counter(names), rows)
    entry_points = record.replace("RECORD", "entry_points.txt")
    if entry_points in names:
        parser = configparser.ConfigParser(delimiters=["="])
        parser.optionxform = str
        parser.read_string(archive.read(entry_points).decode())
        for group in parser.sections():
            for name in parser[group]:
                demand("entry-points", re.fullmatch(r"[\w.-]+", name) is not None, name)


def judge_name(name: str) -> None:
    demand("local-version", "+" not in name.split("-")[1], name)
    demand("platform", not re.search(r"[-.]linux_", name), name)


def judge(wheel: pathlib.Path) -> None:
    """Raises `Refused` where the wheel breaks a rule."""
    judge_name(wheel.name)
    demand("size", wheel.stat().st_size <= 100 * MEBIBYTE, wheel.stat().st_size)
    judge_structure(wheel.read_bytes())
    with zipfile.ZipFile(wheel) as archive:
        judge_contents(archive)
