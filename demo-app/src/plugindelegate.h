#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace Axle {
struct Plugin;
}

namespace Darkroom {

struct Theme;

/// Paints PluginListModel: headings, and two lines a plugin.
class PluginDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    static void paintHeading(QPainter &painter, const QRect &rect, const QModelIndex &index, const Theme &theme);
    static void paintPlugin(QPainter &painter, const QRect &rect, const Axle::Plugin &plugin, const Theme &theme);
};

} // namespace Darkroom
