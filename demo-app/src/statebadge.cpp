#include "statebadge.h"

#include <QtGui/QPainter>

namespace Darkroom {

namespace {

constexpr int padding = 9;
constexpr int gap = 6;
constexpr int markSize = 10;

} // namespace

StateBadge::StateBadge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateBadge::setLook(const PluginLook &look)
{
    m_look = look;
    setAccessibleName(look.text);
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const
{
    const QFontMetrics metrics(sized(-1, QFont::DemiBold));
    return {metrics.horizontalAdvance(m_look.text) + markSize + gap + 2 * padding, metrics.height() + 6};
}

void StateBadge::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QColor fill = m_look.color(theme);
    fill.setAlphaF(0.14f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    m_look.paint(painter, QRectF(padding, (height() - markSize) / 2.0, markSize, markSize), theme);
    painter.setFont(sized(-1, QFont::DemiBold));
    painter.setPen(m_look.color(theme));
    painter.drawText(rect().adjusted(padding + markSize + gap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_look.text);
}

} // namespace Darkroom
