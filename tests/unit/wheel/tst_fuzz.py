"""What `./dev fuzz` says of a run, and what it keeps, with a program in place of a fuzzer."""
import contextlib
import importlib.util
import io
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "fuzz/fuzz.py"
spec = importlib.util.spec_from_file_location("fuzz", SCRIPT)
fuzz = importlib.util.module_from_spec(spec)
sys.modules["fuzz"] = fuzz  # where dataclasses look for it
spec.loader.exec_module(fuzz)

STATISTICS = """echo '#2 INITED cov: 10 ft: 3'; echo '#900 DONE   cov: 857 ft: 9'
echo 'stat::number_of_executed_units: 4093'; echo 'stat::average_exec_per_sec:     682'
"""
# As libFuzzer does it: a finding is left under the prefix, a minimised one under the exact path.
FINDING = """for word in "$@"; do case $word in
    -exact_artifact_path=*) printf Q >"${word#*=}"; exit 1 ;;
    -artifact_prefix=*) printf 'long Q' >"${word#*=}crash-0123456789abcdef" ;;
esac; done
"""


class Fuzz(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.build, self.corpus = folder / "build", folder / "corpus"
        (self.build / "tests").mkdir(parents=True)
        for target in ("tags", "version"):
            (self.corpus / target).mkdir(parents=True)
            self.program(target, STATISTICS)
        self.enterContext(mock.patch.object(fuzz, "CORPUS", self.corpus))

    def program(self, target, script):
        path = self.build / "tests" / f"fz_{target}"
        path.write_text("#!/bin/sh\n" + script)
        path.chmod(0o755)

    def fuzz(self, *targets):
        """Exit code and output of a run."""
        command = ["fuzz.py", "--build", str(self.build), "--seconds", "1", *targets]
        with mock.patch.object(sys, "argv", command), contextlib.redirect_stdout(io.StringIO()) as output:
            return fuzz.main(), output.getvalue()

    def test_figures_of_all_targets(self):
        code, output = self.fuzz()
        self.assertEqual(code, 0)
        lines = sorted(line.split() for line in output.splitlines()[1:])
        self.assertEqual(lines, [[target, "4,093", "682", "857", "nothing", "found"] for target in ("tags", "version")])

    def test_only_what_is_named(self):
        self.assertNotIn("version", self.fuzz("tags")[1])

    def test_a_finding_is_minimised_and_kept(self):
        self.program("tags", STATISTICS + FINDING + "exit 77\n")
        code, output = self.fuzz()
        self.assertEqual(code, 1)
        kept = self.corpus / "tags/crash-0123456789ab"
        self.assertEqual(kept.read_bytes(), b"Q")
        self.assertIn("1 FOUND", output)
        self.assertIn("write the failing test", output)
        self.assertEqual(list((self.corpus / "version").iterdir()), [])

    def test_an_end_that_explains_nothing_fails(self):
        self.program("tags", "echo 'no such dictionary'; exit 1\n")
        code, output = self.fuzz()
        self.assertEqual(code, 1)
        self.assertRegex(output, r"tags .* exit code 1, see .*tags\.log")

    def test_unknown_targets(self):
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()) as errors:
            self.fuzz("tag")
        self.assertIn("no target 'tag', expected one of tags, version", errors.getvalue())


if __name__ == "__main__":
    unittest.main()
