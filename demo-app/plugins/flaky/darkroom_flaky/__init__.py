"""A plugin with a mistake: what it reads at activation is not there."""
import json

_LENS_PROFILES = '{"profiles": [{"lens": "50 mm f/1.8", "vignette": 0.31}]}'


def _profile(lens):
    profiles = {entry["lens"]: entry for entry in json.loads(_LENS_PROFILES)["profiles"]}
    return profiles[lens]


class Plugin:
    def activate(self, context):
        self.profile = _profile("35 mm f/2")
        context.contribute("filters", "vignette", self.run, title="Lens vignette")

    def run(self, pixels, width, height, stride, params):
        return bytes(pixels)
