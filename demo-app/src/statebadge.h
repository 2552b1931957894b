#pragma once

#include "pluginlook.h"

#include <QtWidgets/QWidget>

namespace Darkroom {

/// A PluginLook as a widget: shape and word in a pill.
class StateBadge : public QWidget
{
    Q_OBJECT
public:
    explicit StateBadge(QWidget *parent = nullptr);

    void setLook(const PluginLook &look);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PluginLook m_look;
};

} // namespace Darkroom
