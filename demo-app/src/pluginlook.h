#pragma once

#include "theme.h"

#include <axle/manager/plugin.h>

#include <QtCore/QCoreApplication>

class QPainter;
class QRectF;

namespace Darkroom {

/// A state as a person sees it: a word and a shape; colour only repeats what these two say.
struct PluginLook
{
    enum class Shape { Dot, Disc, HalfDisc, Ring, Dash, Diamond, Triangle, Cross, Barred, Arc };
    enum class Tone { Quiet, Good, Warning, Bad };

    QString text;
    Shape shape = Shape::Dot;
    Tone tone = Tone::Quiet;

    Q_DECLARE_TR_FUNCTIONS(PluginLook)
public:
    static PluginLook of(const Axle::Plugin &plugin);

    QColor color(const Theme &theme) const;
    /// Paints the shape into a square.
    void paint(QPainter &painter, const QRectF &square, const Theme &theme) const;
};

} // namespace Darkroom
