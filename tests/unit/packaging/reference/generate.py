"""Writes the reference vectors beside this file: what pypa/packaging answers to made-up texts.

    pip download --no-deps packaging==26.0 && unzip packaging-26.0-py3-none-any.whl
    PYTHONPATH=. /usr/bin/python3 .../reference/generate.py [OUTPUT_FOLDER [COUNT [SEED]]]

Each line of a file is a JSON list: the arguments, then the answer ("invalid" where the reference refuses). Texts are left out
where the reference is known to answer otherwise than the PEPs, or than Axle promises; each such place says why.
"""
import json
import pathlib
import platform
import random
import re
import sys
import sysconfig
from unittest import mock

import packaging
import packaging._manylinux
import packaging._musllinux
import packaging.markers
import packaging.tags
from packaging.markers import InvalidMarker, Marker, UndefinedComparison
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

OUTPUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 400
RANDOM = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 440)
INVALID = "invalid"
OPERATORS = ["~=", "==", "!=", "<=", ">=", "<", ">", "==="]
NUMBERS = ["0", "1", "1", "2", "3", "9", "10", "11", "00", "01", "007", "255", "256", "20231231", "4294967296",
           "99999999999999999999", "018446744073709551616"]
ENVIRONMENT = {"implementation_name": "cpython", "implementation_version": "3.11.2", "os_name": "posix",
               "platform_machine": "x86_64", "platform_python_implementation": "CPython", "platform_release": "6.1",
               "platform_system": "Linux", "platform_version": "#1 SMP", "python_full_version": "3.11.2",
               "python_version": "3.11", "sys_platform": "linux", "extra": ""}
CHANGES = [{}, {}, {"extra": "test"}, {"extra": "te-st"}, {"python_version": "3.8", "python_full_version": "3.8.1"},
           {"os_name": "nt", "sys_platform": "win32"}, {"platform_release": "6.1.0-9-amd64"},
           {"python_full_version": "3.13.0a1+", "implementation_version": "3.13.0a1"}]
VARIABLES = [*ENVIRONMENT, "os.name", "sys.platform", "platform.version", "platform.machine",
             "platform.python_implementation", "python_implementation"]
VALUES = ["3", "3.8", "3.11", "3.11.2", "3.12", "3.*", "6.1", "linux", "Linux", "win32", "posix", "x86_64", "CPython",
          "test", "Te_St", "a,b", "", "3.11.2 3.12", "2.7, 3.11", "foo bar", "("]
COMPARISONS = ["==", "!=", "<", "<=", ">", ">=", "~=", "===", "in", "not in", "not  in"]

pick, chance = RANDOM.choice, lambda share: RANDOM.random() < share


def blank():
    return pick(["", "", " ", " ", "  ", "\t"])


def shout(word):
    return "".join(c.upper() if chance(0.3) else c for c in word) if chance(0.3) else word


def any_version():
    """A version in any spelling."""
    separator = lambda: pick(["", ".", "-", "_"])
    text = pick(["v", "V", " "]) if chance(0.06) else ""
    text += pick(NUMBERS) + "!" if chance(0.12) else ""
    text += ".".join(pick(NUMBERS) for _ in range(pick([1, 2, 2, 2, 3, 3, 4, 5])))
    if chance(0.35):
        text += separator() + shout(pick(["alpha", "a", "beta", "b", "preview", "pre", "c", "rc"]))
        text += separator() + pick([pick(NUMBERS), ""])
    if chance(0.3):
        word = separator() + shout(pick(["post", "rev", "r"])) + separator() + pick([pick(NUMBERS), ""])
        text += pick(["-" + pick(NUMBERS), word])
    if chance(0.3):
        text += separator() + shout("dev") + separator() + pick([pick(NUMBERS), ""])
    if chance(0.25):
        parts = [shout(pick(["abc", "1", "01", "a1", "1a", "ubuntu", "20", "z", "0"])) for _ in range(pick([1, 2, 3]))]
        text += "+" + pick([".", "-", "_"]).join(parts)
    return text + (pick([" ", "\t", "\n"]) if chance(0.05) else "")


def near_version():
    """A version of which others are near."""
    text = pick(["", "", "", "1!"]) + pick(["0", "1", "1.0", "1.1", "1.0.0", "1.0.1", "2", "2.0", "1.10", "256", "257.1"])
    text += pick(["a0", "a1", "b1", "rc1", "rc2"]) if chance(0.35) else ""
    text += pick([".post0", ".post1"]) if chance(0.3) else ""
    text += pick([".dev0", ".dev1"]) if chance(0.3) else ""
    return text + (pick(["+a", "+1", "+a.1", "+1.a", "+a.b", "+10", "+2"]) if chance(0.25) else "")


def clause(space=blank):
    operator, version = pick(OPERATORS), near_version() if chance(0.7) else any_version().strip()
    if chance(0.25):
        version = pick(["1.*", "1.0.*", "2.*", "1!1.*", "1.0.0.*", "257.*", "0.*"])
    if operator not in ("==", "!=", "===") and chance(0.85):
        version = version.split("+")[0].replace(".*", "")
    return operator + space() + version


def comparison():
    left, right = pick(VARIABLES), pick("'\"")
    right = right + pick(VALUES) + right
    if chance(0.3):
        left, right = right, left
    operator = pick(COMPARISONS)
    space = " " if operator[0] in "in" else blank()
    return left + space + operator + space + right


def marker(depth=0):
    if depth > 3 or chance(0.55):
        return comparison()
    if chance(0.35):
        return "(" + blank() + marker(depth + 1) + blank() + ")"
    return marker(depth + 1) + " " + pick(["and", "or"]) + " " + marker(depth + 1)


def requirement():
    text = blank() + pick(["numpy", "a", "A.b_c", "zope.interface", "x-y", "n1", "Foo--bar"]) + blank()
    if chance(0.3):
        extras = [pick(["a", "b", "Test", "x-y", "x_y"]) for _ in range(pick([0, 1, 2, 3]))]
        text += "[" + blank() + (blank() + "," + blank()).join(extras) + blank() + "]" + blank()
    kind = RANDOM.random()
    if kind < 0.15:
        text += "@" + blank() + pick(["https://e.org/a.whl", "file:///x", "git+https://h/r@v#egg=x"]) + pick(["", " "])
    elif kind < 0.7:
        clauses = (blank() + "," + blank()).join(clause() for _ in range(pick([1, 1, 2, 3])))
        text += ("(" + blank() + clauses + blank() + ")" if chance(0.25) else clauses) + blank()
    return text + (";" + blank() + marker() + blank() if chance(0.35) else "")


def spoil(text, letters="0123456789.-_+!abcrdevpost*= <>~,;()[]'\"@"):
    """The text with a few letters lost, added or changed."""
    letters_of_text = list(text)
    for _ in range(pick([1, 1, 2, 3])):
        at = RANDOM.randrange(len(letters_of_text) + 1)
        letters_of_text[at:at + pick([0, 1, 1])] = pick(["", pick(letters), pick(letters)])
    return "".join(letters_of_text)


def ask(question, *errors):
    try:
        return question()
    except errors:
        return None


def describe(version):
    kinds = f"{int(version.is_prerelease)}{int(version.is_postrelease)}{int(version.is_devrelease)}"
    return f"{version} {version.public} {version.base_version} {kinds}"


def versions():
    text = spoil(any_version()) if chance(0.4) else any_version()
    version = ask(lambda: Version(text), InvalidVersion)
    return [text, describe(version) if version else INVALID]


def order():
    a, b = (near_version(), near_version()) if chance(0.8) else (any_version(), any_version())
    return [a, b, "<" if Version(a) < Version(b) else ">" if Version(a) > Version(b) else "="]


def specifiers():
    text = pick([",", ", ", " , "]).join(clause() for _ in range(pick([0, 1, 1, 1, 2, 3])))
    text = spoil(text) if chance(0.3) else text
    parsed = ask(lambda: SpecifierSet(text), InvalidSpecifier)
    return [text, INVALID if parsed is None else str(parsed)]


def contains():
    text, version = ",".join(clause(str) for _ in range(pick([1, 1, 1, 2]))), near_version()
    parsed = ask(lambda: SpecifierSet(text), InvalidSpecifier)
    # 26.0 does not normalise what follows ~= before it takes its last component away (26.3 does).
    if parsed is None or any(s.operator == "~=" and s.version != str(Version(s.version)) for s in parsed):
        return None
    answer = "yes" if parsed.contains(Version(version), prereleases=True) else "no"
    return [text, version, answer + (" names a pre-release" if parsed.prereleases else "")]


def equality():
    versions = ["1.0", "1", "1.0.0", "v1", "1.0a1", "1.0.dev0", "1.0.0.post1", "1.alpha1"]
    a, b = (",".join(pick(OPERATORS[:7]) + pick(versions) for _ in range(pick([1, 2]))) for _ in "ab")
    sets = ask(lambda: (SpecifierSet(a), SpecifierSet(b)), InvalidSpecifier)
    return sets and [a, b, "equal" if sets[0] == sets[1] else "different"]


def normalise_extras(nodes):
    """The reference forgets the extras within parentheses."""
    return [normalise_extras(n) if isinstance(n, list) else packaging.markers._normalize_extras(n) for n in nodes]


def is_misprinted(nodes):
    """The reference forgets the parentheses of ((a or b)), and prints quotation marks within quotation marks."""
    return any(is_misprinted(n) if isinstance(n, list) else isinstance(n, tuple) and '"' in n[0].value + n[2].value
               for n in nodes) or (len(nodes) == 1 and isinstance(nodes[0], list))


def is_meaningless(nodes):
    """Two texts or two variables are compared, for which the reference has no answer."""
    return any(is_meaningless(n) if isinstance(n, list) else isinstance(n, tuple) and type(n[0]) is type(n[2])
               for n in nodes)


def evaluate(parsed, environment):
    """A comparison without meaning is an exception of the reference's, and false here."""
    original = packaging.markers._eval_op

    def lenient(*arguments, **more):
        return bool(ask(lambda: original(*arguments, **more), UndefinedComparison))
    packaging.markers._eval_op = lenient
    try:
        return parsed.evaluate(environment)
    finally:
        packaging.markers._eval_op = original


def markers():
    text, change = marker(), pick(CHANGES)
    text = spoil(text, "()'\"<>=!~ andorint_.x") if chance(0.25) else text
    parsed = ask(lambda: Marker(text), InvalidMarker)
    if parsed is None:
        return [text, change, INVALID]
    parsed._markers = normalise_extras(parsed._markers)
    if is_misprinted(parsed._markers) or is_meaningless(parsed._markers):
        return None
    result = evaluate(parsed, {**ENVIRONMENT, **change})
    return [text, change, f"{'true' if result else 'false'} {parsed}"]


def requirements():
    text = requirement()
    text = spoil(text) if chance(0.35) else text
    if re.search(r"===[^;)]*,|\n$", text):  # the reference's `===` eats the comma behind it, and `\n` may come last
        return None
    parsed = ask(lambda: Requirement(text), InvalidRequirement, InvalidSpecifier)
    if parsed is None:
        return [text, INVALID]
    # PEP 508 does not let names end with `_`.
    if any(name.endswith("_") for name in (parsed.name, *parsed.extras)):
        return None
    if parsed.marker:
        parsed.marker._markers = normalise_extras(parsed.marker._markers)
        if is_misprinted(parsed.marker._markers):
            return None
    return [text, str(parsed)]


MACHINES = ["x86_64", "i686", "aarch64", "armv7l", "armv8l", "armv6l", "ppc64le", "s390x", "riscv64", "loongarch64", "mips"]
ABIS = [[], ["cp311"], ["cp313t"], ["cp311d", "cp311"], ["none"], ["abi3", "cp39"], ["pypy310_pp73"], ["cp3t", "x"]]
INTERPRETERS = [("cpython", None), ("cpython", None), ("pypy", "pypy310-pp73"), ("graalpy", "graalpy-38-native"),
                ("jython", "jython x-1"), ("other", None)]


def on_linux(question, machine, library, *version):
    """The answer of a Linux system with this C library."""
    version = packaging._manylinux._GLibCVersion(*version)
    glibc = version if library == "glibc" else packaging._manylinux._GLibCVersion(-1, -1)
    with mock.patch.object(platform, "system", lambda: "Linux"), \
            mock.patch.object(sysconfig, "get_platform", lambda: "linux-" + machine), \
            mock.patch.object(packaging._manylinux, "_get_glibc_version", lambda: glibc), \
            mock.patch.object(packaging._musllinux, "_get_musl_version", lambda _: version if library == "musl" else None), \
            mock.patch.object(packaging._manylinux, "_is_linux_armhf", lambda _: True), \
            mock.patch.object(packaging._manylinux, "_is_linux_i686", lambda _: True):
        return list(question())


def as_interpreter(implementation, soabi, version, flags):
    """`sys_tags()` of another interpreter on a Linux system whose only platform is x."""
    suffix = f".{soabi}-x86_64-linux-gnu.so" if soabi else ".so"
    # What is no known interpreter has the whole of its SOABI in its ABI, also the platform.
    suffix = suffix if soabi and soabi.startswith(("pypy", "graalpy")) else f".{soabi}.so" if soabi else "..so"
    variables = {"EXT_SUFFIX": suffix, "py_version_nodot": "".join(map(str, version)), "Py_DEBUG": "d" in flags,
                 "Py_GIL_DISABLED": "t" in flags, "WITH_PYMALLOC": "m" in flags, "Py_UNICODE_SIZE": 4 if "u" in flags else 2}
    with mock.patch.object(packaging.tags, "interpreter_name",
                           lambda: packaging.tags.INTERPRETER_SHORT_NAMES.get(implementation, implementation)), \
            mock.patch.object(sysconfig, "get_config_var", variables.get), \
            mock.patch.object(sys, "version_info", (*version, 0)), \
            mock.patch.object(packaging.tags, "platform_tags", lambda: iter(["x"])):
        return list(map(str, packaging.tags.sys_tags()))


def tags():
    kind = pick(["mac", "linux", "cpython", "generic", "compatible", "system"])
    version, platforms = pick([[3], [3, 1], [3, 2], [3, 7], [3, 11], [3, 13], [2, 7], [4, 3]]), pick([["a", "b"], ["x"]])
    if kind == "mac":
        arguments = [*pick([(9, 9), (10, 2), (10, 4), (10, 5), (10, 6), (10, 7), (10, 15), (11, 0), (11, 2), (13, 4)]),
                     pick(["arm64", "x86_64", "i386", "ppc", "ppc64", "intel"])]
        answer = packaging.tags.mac_platforms(tuple(arguments[:2]), arguments[2])
    elif kind == "linux":
        arguments = [pick(MACHINES), *pick([("glibc", 2, 36), ("glibc", 2, 17), ("glibc", 2, 12), ("glibc", 2, 4),
                                            ("glibc", 3, 1), ("musl", 1, 2), ("musl", 1, 1), ("other", 0, 0)])]
        answer = on_linux(packaging.tags.platform_tags, *arguments)
    elif kind == "cpython":
        arguments = [version, pick(ABIS), platforms]
        answer = packaging.tags.cpython_tags(*arguments)
    elif kind == "generic":
        arguments = [pick(["pp310", "sillywalk33"]), pick(ABIS), platforms]
        answer = packaging.tags.generic_tags(*arguments)
    elif kind == "compatible":
        arguments = [version, pick(["", "cp311", "pp3"]), platforms]
        answer = packaging.tags.compatible_tags(version, arguments[1] or None, platforms)
    else:
        implementation, soabi = pick(INTERPRETERS)
        flags, version = pick([("", [3, 11]), ("d", [3, 11]), ("t", [3, 13]), ("td", [3, 13]), ("m", [3, 7]),
                               ("dm", [3, 7]), ("mu", [3, 2])])
        arguments = [implementation, soabi or "", version, flags]
        answer = as_interpreter(implementation, soabi, version, flags)
    return [kind, *arguments, " ".join(map(str, answer))]


def main():
    if packaging.__version__ != "26.0":
        sys.exit(f"packaging {packaging.__version__} found, expected 26.0")
    for make, count in ((versions, COUNT), (order, COUNT), (specifiers, COUNT), (contains, COUNT), (equality, COUNT),
                        (markers, COUNT), (requirements, COUNT), (tags, 100)):
        lines = {}
        while len(lines) < count:
            vector = make()
            if vector:
                lines[json.dumps(vector)] = None
        (OUTPUT / f"{make.__name__}.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
