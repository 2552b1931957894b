#include "samplepicture.h"

#include <QtCore/QRandomGenerator>
#include <QtGui/QLinearGradient>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtGui/QRadialGradient>

#include <array>
#include <cmath>

namespace Darkroom {

namespace {

constexpr int width = 1200;
constexpr int height = 800;
constexpr int shore = 548; ///< where the water begins
constexpr QPointF sun(782, 402);

double noise(QRandomGenerator &random, double amplitude)
{
    return (random.generateDouble() * 2 - 1) * amplitude;
}

void drawSky(QPainter &painter, QRandomGenerator &random)
{
    QLinearGradient sky(0, 0, 0, shore);
    sky.setColorAt(0, QColor(0x141c44));
    sky.setColorAt(0.32, QColor(0x3b2f6b));
    sky.setColorAt(0.58, QColor(0xa5476f));
    sky.setColorAt(0.78, QColor(0xef7f56));
    sky.setColorAt(1, QColor(0xffcf86));
    painter.fillRect(0, 0, width, shore + 1, sky);

    painter.setPen(Qt::NoPen);
    for (int i = 0; i < 130; ++i) {
        const double y = random.generateDouble() * random.generateDouble() * 250;
        const double radius = 0.5 + random.generateDouble() * 0.9;
        painter.setBrush(QColor(255, 246, 230, static_cast<int>(220 * (1 - y / 270))));
        painter.drawEllipse(QPointF(random.generateDouble() * width, y), radius, radius);
    }

    QRadialGradient glow(sun, 430);
    glow.setColorAt(0, QColor(255, 238, 190, 235));
    glow.setColorAt(0.12, QColor(255, 205, 130, 150));
    glow.setColorAt(0.5, QColor(255, 150, 90, 45));
    glow.setColorAt(1, Qt::transparent);
    painter.setBrush(glow);
    painter.drawEllipse(sun, 430, 430);
}

/// Long flat streaks, lit from below.
void drawClouds(QPainter &painter, QRandomGenerator &random)
{
    for (int i = 0; i < 60; ++i) {
        const double depth = random.generateDouble();
        const QPointF center(random.generateDouble() * width, 130 + depth * 260);
        const double length = 70 + random.generateDouble() * 240 * (1.2 - depth);
        const double thickness = 3 + random.generateDouble() * 9 * (1.3 - depth);
        QRadialGradient fill(QPointF(0, 0), 1);
        QColor color =
            depth > 0.25 ? QColor::fromHsvF(static_cast<float>(0.02 + 0.07 * depth), 0.55f, 1.0f) : QColor(0xb0608c);
        color.setAlphaF(static_cast<float>(0.10 + 0.22 * depth));
        fill.setColorAt(0, color);
        color.setAlphaF(0);
        fill.setColorAt(1, color);
        painter.save();
        painter.translate(center);
        painter.scale(length, thickness);
        painter.setBrush(fill);
        painter.drawEllipse(QPointF(0, 0), 1, 1);
        painter.restore();
    }
}

/// A ridge by midpoint displacement: 257 heights about `base`.
std::array<double, 257> ridge(QRandomGenerator &random, double base, double amplitude, double roughness)
{
    std::array<double, 257> heights{};
    heights.front() = base + noise(random, amplitude);
    heights.back() = base + noise(random, amplitude);
    double range = amplitude;
    for (std::size_t step = 256; step > 1; step /= 2) {
        for (std::size_t i = step / 2; i < 256; i += step)
            heights[i] = (heights[i - step / 2] + heights[i + step / 2]) / 2 + noise(random, range);
        range *= roughness;
    }
    return heights;
}

void drawMountains(QPainter &painter, QRandomGenerator &random)
{
    struct Layer
    {
        double base;
        double amplitude;
        double roughness;
        QColor top;
        QColor foot;
    };
    const Layer layers[] = {
        {392, 92, 0.47, QColor(0xa8526f), QColor(0xf0936a)},
        {440, 78, 0.48, QColor(0x70406c), QColor(0xb96470)},
        {488, 56, 0.50, QColor(0x43305c), QColor(0x7d4a6c)},
        {526, 28, 0.54, QColor(0x241f40), QColor(0x45305a)},
    };
    for (const Layer &layer : layers) {
        const auto heights = ridge(random, layer.base, layer.amplitude, layer.roughness);
        QPainterPath path(QPointF(0, shore));
        for (std::size_t i = 0; i < heights.size(); ++i)
            path.lineTo(static_cast<double>(i) * width / 256, qMin<double>(heights[i], shore - 2));
        path.lineTo(width, shore);
        QLinearGradient fill(0, layer.base - layer.amplitude, 0, shore);
        fill.setColorAt(0, layer.top);
        fill.setColorAt(1, layer.foot);
        painter.fillPath(path, fill);
    }
}

/// The water mirrors the rows above the shore, stretched, darker, and shifted by waves.
void drawWater(QImage &image, QRandomGenerator &random)
{
    const QImage above = image;
    for (int y = shore; y < height; ++y) {
        const double depth = static_cast<double>(y - shore) / (height - shore);
        const int source = qMax(0, shore - 1 - static_cast<int>((y - shore) * 1.75));
        const double wave =
            std::sin(y * 0.9 + std::sin(y * 0.21) * 3) * (1.5 + 9 * depth) + noise(random, 2 + 5 * depth);
        const double light = 0.82 - 0.34 * depth;
        for (int x = 0; x < width; ++x) {
            const double shift = wave * (0.6 + 0.4 * std::sin(x * 0.011 + y * 0.13));
            const QColor mirrored = above.pixelColor(qBound(0, x + static_cast<int>(shift), width - 1), source);
            image.setPixelColor(x, y,
                QColor(static_cast<int>(mirrored.red() * light), static_cast<int>(mirrored.green() * light),
                    qMin(255, static_cast<int>(mirrored.blue() * light + 14))));
        }
    }
}

/// The disc comes after the water, which shows its light as glitter instead.
void drawSun(QPainter &painter, QRandomGenerator &random)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0xfff6da));
    painter.drawEllipse(sun, 40, 40);
    for (int i = 0; i < 420; ++i) {
        const double depth = std::pow(random.generateDouble(), 1.3);
        const double spread = 16 + 130 * depth;
        const QPointF center(sun.x() + noise(random, spread) * random.generateDouble(), shore + 3 + depth * 225);
        painter.setBrush(QColor(255, 224, 160, static_cast<int>(50 + 120 * random.generateDouble())));
        painter.drawEllipse(center, 3 + 11 * random.generateDouble() * (0.4 + depth), 0.7 + depth);
    }
}

void drawPine(QPainter &painter, QRandomGenerator &random, QPointF foot, double size)
{
    QPainterPath path(foot + QPointF(0, -size));
    QPolygonF right;
    QPolygonF left;
    constexpr int tiers = 11;
    for (int tier = 1; tier <= tiers; ++tier) {
        const double y = -size + size * 0.92 * tier / tiers;
        const double reach = size * 0.21 * tier / tiers * (0.85 + noise(random, 0.18));
        right << foot + QPointF(reach, y) << foot + QPointF(reach * 0.45, y - size * 0.012);
        left << foot + QPointF(-reach * (1 + noise(random, 0.12)), y)
             << foot + QPointF(-reach * 0.45, y - size * 0.012);
    }
    for (const QPointF &point : right)
        path.lineTo(point);
    path.lineTo(foot + QPointF(size * 0.02, 0));
    path.lineTo(foot + QPointF(-size * 0.02, 0));
    for (auto point = left.crbegin(); point != left.crend(); ++point)
        path.lineTo(*point);
    path.closeSubpath();
    painter.drawPath(path);
}

void drawCabin(QPainter &painter, QPointF foot)
{
    painter.fillRect(QRectF(foot + QPointF(0, -38), QSizeF(74, 42)), QColor(0x100f1c));
    painter.setBrush(QColor(0x0a0a14));
    painter.drawPolygon(QPolygonF{foot + QPointF(-9, -36), foot + QPointF(37, -66), foot + QPointF(83, -36)});
    painter.fillRect(QRectF(foot + QPointF(54, -68), QSizeF(8, 22)), QColor(0x0a0a14));
    QRadialGradient light(foot + QPointF(25, -18), 46);
    light.setColorAt(0, QColor(255, 190, 90, 130));
    light.setColorAt(1, Qt::transparent);
    painter.setBrush(light);
    painter.drawEllipse(foot + QPointF(25, -18), 46, 46);
    painter.fillRect(QRectF(foot + QPointF(15, -27), QSizeF(20, 17)), QColor(0xffd27a));
    painter.fillRect(QRectF(foot + QPointF(24, -27), QSizeF(2, 17)), QColor(0x100f1c));
    painter.fillRect(QRectF(foot + QPointF(48, -28), QSizeF(14, 32)), QColor(0x2a1a1c));
}

void drawForeground(QPainter &painter, QRandomGenerator &random)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0x0c0c18));
    QPainterPath bank(QPointF(0, 640));
    bank.cubicTo(150, 628, 250, 676, 392, 694);
    bank.cubicTo(560, 716, 620, 760, 800, 772);
    bank.cubicTo(940, 780, 1080, 742, 1200, 722);
    bank.lineTo(1200, 800);
    bank.lineTo(0, 800);
    painter.drawPath(bank);
    for (int i = 0; i < 26; ++i) {
        const double x = random.generateDouble() * random.generateDouble() * 330;
        const double size = 110 + random.generateDouble() * 210 * (1.15 - x / 330);
        drawPine(painter, random, QPointF(x - 12, 668 + x * 0.06 + noise(random, 12)), size);
    }
    for (int i = 0; i < 13; ++i) {
        const double x = 1010 + random.generateDouble() * 210;
        drawPine(painter, random, QPointF(x, 752 - (x - 1010) * 0.1 + noise(random, 8)), 60 + (x - 990) * 0.95);
    }
    drawCabin(painter, QPointF(386, 698));
    painter.setPen(QPen(QColor(0x0c0c18), 1.3));
    for (int i = 0; i < 240; ++i) {
        const QPointF foot(420 + random.generateDouble() * 640, 706 + random.generateDouble() * 70);
        const QPointF onBank(foot.x(), qMax(foot.y(), 700 + (foot.x() - 420) * 0.16));
        painter.drawLine(
            onBank + QPointF(0, 12), onBank + QPointF(noise(random, 6), -8 - random.generateDouble() * 16));
    }
}

} // namespace

QImage samplePicture()
{
    QRandomGenerator random(20240417);
    QImage image(width, height, QImage::Format_RGB32);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        drawSky(painter, random);
        drawClouds(painter, random);
        drawMountains(painter, random);
    }
    drawWater(image, random);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    drawSun(painter, random);
    drawForeground(painter, random);
    painter.end();
    return image.convertToFormat(QImage::Format_RGBA8888);
}

} // namespace Darkroom
