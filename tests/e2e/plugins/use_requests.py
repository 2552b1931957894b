import pathlib

import requests
import requests.certs


class Plugin:
    def activate(self, context):
        assert "BEGIN CERTIFICATE" in pathlib.Path(requests.certs.where()).read_text()
        assert requests.Request("GET", "http://a/", params={"b": 1}).prepare().url == "http://a/?b=1"
