#include "plugindelegate.h"

#include "pluginlistmodel.h"
#include "pluginlook.h"

#include <QtGui/QPainter>

namespace Darkroom {

namespace {

constexpr int margin = 14;
constexpr int gap = 6;
constexpr int markSize = 10;

/// Draws `text` elided into `rect`; gives the width that it took.
int drawText(QPainter &painter, const QRect &rect, const QString &text, const QFont &font, const QColor &color)
{
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, rect.width());
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, shown);
    return metrics.horizontalAdvance(shown);
}

void paintSelection(QPainter &painter, const QStyleOptionViewItem &option, const Theme &theme)
{
    if (!(option.state & (QStyle::State_Selected | QStyle::State_MouseOver)))
        return;
    QColor fill = theme.raised;
    if (!(option.state & QStyle::State_Selected))
        fill.setAlphaF(0.5f);
    const QRectF rect = QRectF(option.rect).adjusted(6, 1, -6, -1);
    const bool isFocused = option.state & QStyle::State_HasFocus;
    painter.setPen(isFocused ? QPen(theme.accent, 1) : Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace

void PluginDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme theme = Theme::of(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QVariant plugin = index.data(PluginListModel::PluginRole);
    if (plugin.isValid()) {
        paintSelection(*painter, option, theme);
        paintPlugin(*painter, option.rect, plugin.value<Axle::Plugin>(), theme);
    } else {
        paintHeading(*painter, option.rect, index, theme);
    }
    painter->restore();
}

void PluginDelegate::paintHeading(QPainter &painter, const QRect &rect, const QModelIndex &index, const Theme &theme)
{
    QRect line = rect.adjusted(margin, 0, -margin, -gap);
    line.setTop(line.bottom() - QFontMetrics(headingFont()).height());
    const QString title = index.data(Qt::DisplayRole).toString();
    const int width = drawText(painter, line, title, headingFont(), theme.muted);
    line.setLeft(line.left() + width + gap + 2);
    drawText(painter, line, index.data(PluginListModel::CountRole).toString(), sized(-1), theme.muted);
}

void PluginDelegate::paintPlugin(QPainter &painter, const QRect &rect, const Axle::Plugin &plugin, const Theme &theme)
{
    const PluginLook look = PluginLook::of(plugin);
    const bool isQuiet = look.tone == PluginLook::Tone::Quiet;
    const QFont nameFont = sized(0, QFont::DemiBold);
    const QFont smallFont = sized(-1);
    const int nameHeight = QFontMetrics(nameFont).height();
    const int smallHeight = QFontMetrics(smallFont).height();
    const int top = rect.center().y() - (nameHeight + smallHeight + 3) / 2;

    QRect name(rect.left() + margin, top, rect.width() - 2 * margin, nameHeight);
    if (!plugin.error.isNull()) {
        const QRectF marker(name.right() - 12, top + (nameHeight - 12) / 2.0, 12, 12);
        PluginLook{{}, PluginLook::Shape::Triangle, look.tone}.paint(painter, marker, theme);
        name.setRight(name.right() - 12 - gap);
    }
    const int versionWidth = QFontMetrics(smallFont).horizontalAdvance(plugin.version);
    const int nameWidth = drawText(painter, name.adjusted(0, 0, -versionWidth - gap, 0), plugin.name, nameFont,
        isQuiet && !plugin.isLibrary ? theme.muted : theme.text);
    drawText(painter, name.adjusted(nameWidth + gap, 1, 0, 1), plugin.version, smallFont, theme.muted);

    QRect state(rect.left() + margin, top + nameHeight + 3, rect.width() - 2 * margin, smallHeight);
    look.paint(painter, QRectF(state.left(), state.top() + (smallHeight - markSize) / 2.0, markSize, markSize), theme);
    state.setLeft(state.left() + markSize + gap);
    state.setLeft(state.left() + drawText(painter, state, look.text, smallFont, look.color(theme)));
    const QString more = plugin.error.isNull() ? plugin.summary : plugin.error.message();
    if (!more.isEmpty())
        drawText(painter, state, QStringLiteral("  ·  ") + more, smallFont, theme.muted);
}

QSize PluginDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int lines = QFontMetrics(sized(0, QFont::DemiBold)).height() + QFontMetrics(sized(-1)).height();
    if (index.data(PluginListModel::PluginRole).isValid())
        return {option.rect.width(), lines + 3 + 16};
    return {option.rect.width(), QFontMetrics(headingFont()).height() + (index.row() == 0 ? 18 : 26)};
}

} // namespace Darkroom
