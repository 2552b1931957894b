"""Sepia in pure Python, without a loop over pixels.

Channels are strided slices, weights are tables for bytes.translate, and sums of whole channels are sums of two big
integers: no byte of a sum overflows, so nothing carries from one pixel into the next.
"""


def _scaled(factor):
    return bytes(int(value * factor) for value in range(256))


# Rec. 601 luma. Rounded down, the three can sum to 254 at most.
_LUMA = tuple(_scaled(weight) for weight in (0.299, 0.587, 0.114))
# What a toned print makes of a grey value: warm shadows, creamy lights.
_TONES = tuple(
    bytes(min(255, int(lift + value * gain)) for value in range(256))
    for lift, gain in ((18, 1.02), (8, 0.93), (0, 0.77))
)


def _sum(*channels):
    total = sum(int.from_bytes(channel, "little") for channel in channels)
    return total.to_bytes(len(channels[0]), "little")


def sepia(pixels, width, height, stride, params):
    """Tones RGBA rows; params["strength"] (0 to 100) mixes the result with the original."""
    strength = params.get("strength", 100) / 100
    source = bytes(pixels)
    channels = [source[index::4] for index in range(3)]
    luma = _sum(*(channel.translate(table) for channel, table in zip(channels, _LUMA)))
    keep, mix = _scaled(1 - strength), _scaled(strength)
    result = bytearray(source)
    for index, (channel, tone) in enumerate(zip(channels, _TONES)):
        toned = luma.translate(tone)
        if strength < 1:
            toned = _sum(channel.translate(keep), toned.translate(mix))
        result[index::4] = toned
    return result


class Plugin:
    def activate(self, context):
        context.contribute(
            "filters", "sepia", sepia,
            title="Sepia",
            params={"strength": {"title": "Strength", "minimum": 0, "maximum": 100, "default": 85, "unit": " %"}},
        )
