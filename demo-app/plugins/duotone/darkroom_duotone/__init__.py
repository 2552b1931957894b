"""Grey values become colours of a palette of darkroom-palette."""
import darkroom_palette

_LUMA = tuple(bytes(int(value * weight) for value in range(256)) for weight in (0.299, 0.587, 0.114))


def _table(colours, channel):
    """256 values of one channel, along straight lines between the palette's colours."""
    steps = len(colours) - 1
    table = bytearray()
    for value in range(256):
        index, rest = divmod(value * steps, 255)
        low = colours[index][channel]
        high = colours[min(index + 1, steps)][channel]
        table.append(low + (high - low) * rest // 255)
    return bytes(table)


class Plugin:
    def activate(self, context):
        # One filter for each palette that the other plugin brought.
        for name in darkroom_palette.names():
            colours = darkroom_palette.colours(name)
            tables = [_table(colours, channel) for channel in range(3)]
            context.contribute("filters", f"duotone-{name}", lambda *call, tables=tables: duotone(tables, *call),
                               title=f"Duotone {darkroom_palette.palette(name)['title']}")


def duotone(tables, pixels, width, height, stride, params):
    source = bytes(pixels)
    # The sum of three channels as one sum of big integers; the weights are such that no byte overflows.
    luma = sum(int.from_bytes(source[index::4].translate(_LUMA[index]), "little") for index in range(3))
    luma = luma.to_bytes(len(source) // 4, "little")
    result = bytearray(source)
    for index, table in enumerate(tables):
        result[index::4] = luma.translate(table)
    return result
