"""Filters with numpy: the host's picture and numpy's array share one buffer."""
import numpy as np

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def _rgb(pixels, width, height, stride):
    rows = np.frombuffer(pixels, dtype=np.uint8).reshape(height, stride)
    return rows[:, : width * 4].reshape(height, width, 4)


def _box_blur(plane, radius):
    """Mean over (2 radius + 1) squared pixels by running sums; edges repeat."""
    size = 2 * radius + 1
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (radius + 1, radius)
        sums = np.cumsum(np.pad(plane, padding, mode="edge"), axis=axis, dtype=np.float32)
        upper = np.take(sums, np.arange(size, sums.shape[axis]), axis=axis)
        lower = np.take(sums, np.arange(sums.shape[axis] - size), axis=axis)
        plane = (upper - lower) / size
    return plane


def _finish(image, rgb):
    result = image.copy()
    result[..., :3] = np.clip(rgb, 0, 255).astype(np.uint8)
    return result


def clarity(pixels, width, height, stride, params):
    """Local contrast: what a pixel's brightness has more than its surroundings is made stronger."""
    image = _rgb(pixels, width, height, stride)
    luma = image[..., :3] @ _LUMA
    detail = luma - _box_blur(luma, max(2, width // 60))
    return _finish(image, image[..., :3] + (detail * (params.get("amount", 60) / 100))[..., None])


def ink(pixels, width, height, stride, params):
    """A drawing: the Sobel gradient of brightness as dark lines on paper, washed with the picture's colours."""
    image = _rgb(pixels, width, height, stride)
    luma = np.pad(image[..., :3] @ _LUMA, 1, mode="edge")
    columns = luma[:-2] + 2 * luma[1:-1] + luma[2:]
    rows = luma[:, :-2] + 2 * luma[:, 1:-1] + luma[:, 2:]
    gradient = np.hypot(columns[:, 2:] - columns[:, :-2], rows[2:] - rows[:-2])
    # Soft gradients, a sky's, are no lines.
    line = np.exp(np.maximum(gradient - 24, 0) * (-params.get("weight", 50) / 2500))[..., None]
    paper = np.array([250, 246, 236], dtype=np.float32)
    return _finish(image, (paper * 0.55 + image[..., :3] * 0.45) * line)


class Plugin:
    def activate(self, context):
        context.contribute(
            "filters", "clarity", clarity, title="Clarity",
            params={"amount": {"title": "Amount", "minimum": 0, "maximum": 150, "default": 60, "unit": " %"}})
        context.contribute(
            "filters", "ink", ink, title="Ink drawing",
            params={"weight": {"title": "Line weight", "minimum": 5, "maximum": 100, "default": 50, "unit": ""}})
