import io

from PIL import Image


class Plugin:
    def activate(self, context):
        for kind in ("PNG", "JPEG", "WEBP"):
            stream = io.BytesIO()
            Image.new("RGB", (8, 8), "red").save(stream, kind)
            assert Image.open(io.BytesIO(stream.getvalue())).size == (8, 8)
