// The native half of darkroom-fastblur. It meets the host only through Python's buffer protocol.

#include <pybind11/pybind11.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace py = pybind11;

namespace {

struct Picture
{
    std::size_t width;
    std::size_t height;
    std::size_t stride; ///< bytes a row, at least 4 * width
    std::vector<std::uint8_t> bytes;
};

/// Copies the host's read-only buffer, so that the rest needs no GIL.
Picture copyOf(const py::buffer &pixels, std::size_t width, std::size_t height, std::size_t stride)
{
    const py::buffer_info info = pixels.request();
    const auto size = static_cast<std::size_t>(info.size * info.itemsize);
    if (stride < 4 * width || size < height * stride)
        throw std::invalid_argument("the buffer is smaller than width, height and stride say");
    const auto *first = static_cast<const std::uint8_t *>(info.ptr);
    return {width, height, stride, {first, first + height * stride}};
}

/// A mean over 2 radius + 1 values, by a multiplication instead of a division for each byte.
class Mean
{
public:
    explicit Mean(std::size_t radius)
        : m_scale((1u << 16) / static_cast<std::uint32_t>(2 * radius + 1) + 1)
    {
    }
    std::uint8_t of(std::uint32_t sum) const
    {
        return static_cast<std::uint8_t>(std::min((sum * m_scale) >> 16, 255u));
    }

private:
    std::uint32_t m_scale;
};

/// Each pixel of a row becomes the mean of its neighbours in the row; the pixels at the ends count for those beyond.
void boxRow(const std::uint8_t *from, std::uint8_t *to, std::size_t width, std::size_t radius)
{
    const Mean mean(radius);
    const std::size_t last = width - 1;
    std::uint32_t sums[4];
    for (std::size_t channel = 0; channel < 4; ++channel) {
        sums[channel] = static_cast<std::uint32_t>(radius + 1) * from[channel];
        for (std::size_t x = 0; x < radius; ++x)
            sums[channel] += from[std::min(x, last) * 4 + channel];
    }
    for (std::size_t x = 0; x < width; ++x) {
        const std::uint8_t *entering = from + std::min(x + radius, last) * 4;
        const std::uint8_t *leaving = from + (x > radius ? x - radius - 1 : 0) * 4;
        for (std::size_t channel = 0; channel < 4; ++channel) {
            sums[channel] += entering[channel];
            sums[channel] -= leaving[channel];
            to[x * 4 + channel] = mean.of(sums[channel]);
        }
    }
}

/// The same along columns, a whole row at a time, so that memory is read in its order.
void boxColumns(const Picture &from, Picture &to, std::size_t radius)
{
    const Mean mean(radius);
    const std::size_t bytes = from.width * 4;
    const auto row = [&](std::size_t y) { return from.bytes.data() + std::min(y, from.height - 1) * from.stride; };
    std::vector<std::uint32_t> sums(bytes);
    for (std::size_t i = 0; i < bytes; ++i)
        sums[i] = static_cast<std::uint32_t>(radius + 1) * row(0)[i];
    for (std::size_t y = 0; y < radius; ++y) {
        for (std::size_t i = 0; i < bytes; ++i)
            sums[i] += row(y)[i];
    }
    for (std::size_t y = 0; y < from.height; ++y) {
        const std::uint8_t *entering = row(y + radius);
        const std::uint8_t *leaving = row(y > radius ? y - radius - 1 : 0);
        // Bytes may alias anything; told that these do not, the compiler makes vectors of the loop.
        std::uint8_t *__restrict out = to.bytes.data() + y * to.stride;
        std::uint32_t *__restrict sum = sums.data();
        for (std::size_t i = 0; i < bytes; ++i) {
            sum[i] += entering[i];
            sum[i] -= leaving[i];
            out[i] = mean.of(sum[i]);
        }
    }
}

/// Three box filters make a Gaussian to within a few percent, at a cost that does not depend on the radius.
void blurInPlace(Picture &picture, std::size_t radius)
{
    const std::size_t box = std::max<std::size_t>(1, (radius + 1) / 2);
    Picture other = picture;
    for (int pass = 0; pass < 3; ++pass) {
        for (std::size_t y = 0; y < picture.height; ++y) {
            const std::size_t row = y * picture.stride;
            boxRow(picture.bytes.data() + row, other.bytes.data() + row, picture.width, box);
        }
        boxColumns(other, picture, box);
    }
}

/// Mixes `blurred` into `sharp` the more, the farther a row is from the one in focus.
void mixByRow(Picture &sharp, const Picture &blurred, double focus)
{
    const double middle = focus * static_cast<double>(sharp.height);
    const double reach = 0.3 * static_cast<double>(sharp.height);
    for (std::size_t y = 0; y < sharp.height; ++y) {
        const double distance = std::abs(static_cast<double>(y) - middle) / reach - 0.25;
        const int share = static_cast<int>(std::clamp(distance, 0.0, 1.0) * 256);
        for (std::size_t i = y * sharp.stride; i < (y + 1) * sharp.stride; ++i)
            sharp.bytes[i] =
                static_cast<std::uint8_t>((sharp.bytes[i] * (256 - share) + blurred.bytes[i] * share) / 256);
    }
}

py::bytes toBytes(const Picture &picture)
{
    return {reinterpret_cast<const char *>(picture.bytes.data()), picture.bytes.size()};
}

py::bytes blur(const py::buffer &pixels, std::size_t width, std::size_t height, std::size_t stride, std::size_t radius)
{
    Picture picture = copyOf(pixels, width, height, stride);
    if (width > 0 && height > 0) {
        const py::gil_scoped_release released;
        blurInPlace(picture, radius);
    }
    return toBytes(picture);
}

py::bytes miniature(const py::buffer &pixels, std::size_t width, std::size_t height, std::size_t stride,
    std::size_t radius, double focus)
{
    Picture picture = copyOf(pixels, width, height, stride);
    if (width > 0 && height > 0) {
        const py::gil_scoped_release released;
        Picture blurred = picture;
        blurInPlace(blurred, radius);
        mixByRow(picture, blurred, focus / 100);
    }
    return toBytes(picture);
}

} // namespace

PYBIND11_MODULE(_native, module)
{
    module.doc() = "Blurs rows of RGBA bytes.";
    module.def("blur", &blur);
    module.def("miniature", &miniature);
}
