"""The Python blocks of docs/reference run as they stand."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import axle
from tst_wheel import build

REFERENCE = pathlib.Path(__file__).resolve().parents[3] / "docs/reference"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


class Reference(unittest.TestCase):
    def test_blocks(self):
        blocks = [(page.name, block) for page in sorted(REFERENCE.glob("*.md")) for block in BLOCK.findall(page.read_text())]
        self.assertGreaterEqual(len(blocks), 2)
        with tempfile.TemporaryDirectory() as folder:
            plugins = os.path.join(folder, "plugins")
            os.mkdir(plugins, 0o700)
            build(plugins, {"geo_tools.py": ""}, name="geo_tools", version="2.4", metadata="Requires-Dist: numpy\n")
            package = pathlib.Path(axle.__file__).parents[1]
            for page, block in blocks:
                with self.subTest(page=page):
                    done = subprocess.run([sys.executable, "-s", "-c", block], cwd=folder, text=True, capture_output=True,
                                          env=os.environ | {"PYTHONPATH": str(package), "AXLE_STORE": f"{folder}/store"})
                    self.assertEqual((0, ""), (done.returncode, done.stderr))
                    self.assertIn("geo", done.stdout)


if __name__ == "__main__":
    unittest.main()
