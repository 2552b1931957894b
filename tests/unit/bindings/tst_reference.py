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
            build(plugins, {"geo_core.py": ""}, name="geo_core", version="2.4")
            build(plugins, {"geo_core.py": ""}, name="geo_core", version="3.1")
            build(plugins, {"heat_map.py": "class Layer: pass"}, name="heat_map", version="2.1",
                  metadata="Requires-Dist: geo-core\n", entry_points="[viewer.layers]\nheat = heat_map:Layer\n")
            build(plugins, {"route_kit.py": ""}, name="route_kit", version="5.0", metadata="Requires-Dist: geo-core<3\n")
            package = pathlib.Path(axle.__file__).parents[1]
            for page, block in blocks:
                with self.subTest(page=page):
                    done = subprocess.run([sys.executable, "-s", "-c", block], cwd=folder, text=True, capture_output=True,
                                          env=os.environ | {"PYTHONPATH": str(package), "AXLE_STORE": f"{folder}/store"})
                    self.assertEqual((0, ""), (done.returncode, done.stderr))
                    self.assertIn("geo", done.stdout)


if __name__ == "__main__":
    unittest.main()
