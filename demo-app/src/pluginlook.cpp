#include "pluginlook.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

namespace Darkroom {

using Axle::Disposition;
using Axle::Operation;
using Axle::PluginState;

namespace {

QString operationText(Operation operation)
{
    switch (operation) {
    case Operation::Mounting:
        return PluginLook::tr("Mounting…");
    case Operation::Activating:
        return PluginLook::tr("Activating…");
    case Operation::Deactivating:
        return PluginLook::tr("Deactivating…");
    case Operation::Unmounting:
        return PluginLook::tr("Unmounting…");
    case Operation::None:
        break;
    }
    return {};
}

PluginLook restingLook(const Axle::Plugin &plugin)
{
    using Shape = PluginLook::Shape;
    using Tone = PluginLook::Tone;
    switch (plugin.disposition) {
    case Disposition::DisabledByUser:
        return {PluginLook::tr("Disabled"), Shape::Dash, Tone::Quiet};
    case Disposition::DisabledByDependency:
        return {PluginLook::tr("Waits for a dependency"), Shape::Dash, Tone::Warning};
    case Disposition::Untrusted:
        return {PluginLook::tr("Not trusted"), Shape::Barred, Tone::Warning};
    case Disposition::None:
        break;
    }
    return {plugin.isLibrary ? PluginLook::tr("Not in use") : PluginLook::tr("Ready"), Shape::Ring, Tone::Quiet};
}

/// The upper or the whole triangle with its exclamation mark cut out.
QPainterPath trianglePath(const QRectF &r)
{
    QPainterPath path;
    path.moveTo(r.center().x(), r.top());
    path.lineTo(r.right(), r.bottom());
    path.lineTo(r.left(), r.bottom());
    path.closeSubpath();
    const qreal w = r.width() * 0.14;
    path.addRect(QRectF(r.center().x() - w / 2, r.top() + r.height() * 0.36, w, r.height() * 0.32));
    path.addRect(QRectF(r.center().x() - w / 2, r.top() + r.height() * 0.77, w, w));
    return path;
}

QPainterPath diamondPath(const QRectF &r)
{
    QPainterPath path;
    path.moveTo(r.center().x(), r.top());
    path.lineTo(r.right(), r.center().y());
    path.lineTo(r.center().x(), r.bottom());
    path.lineTo(r.left(), r.center().y());
    path.closeSubpath();
    return path;
}

} // namespace

PluginLook PluginLook::of(const Axle::Plugin &plugin)
{
    if (plugin.operation != Operation::None)
        return {operationText(plugin.operation), Shape::Arc, Tone::Quiet};
    switch (plugin.state) {
    case PluginState::Discovered:
        return plugin.isLibrary ? restingLook(plugin) : PluginLook{tr("Found"), Shape::Dot, Tone::Quiet};
    case PluginState::Invalid:
        return {tr("Invalid file"), Shape::Cross, Tone::Bad};
    case PluginState::Incompatible:
        return {tr("Incompatible"), Shape::Barred, Tone::Warning};
    case PluginState::Unresolved:
        return {tr("Unresolved"), Shape::Diamond, Tone::Warning};
    case PluginState::Resolved:
        return restingLook(plugin);
    case PluginState::Mounted:
        return {plugin.isLibrary ? tr("In use") : tr("Mounted"), Shape::HalfDisc,
            plugin.isLibrary ? Tone::Good : Tone::Quiet};
    case PluginState::Active:
        return {tr("Active"), Shape::Disc, Tone::Good};
    case PluginState::Failed:
        return {tr("Failed"), Shape::Triangle, Tone::Bad};
    case PluginState::Removed:
        return {tr("Removed"), Shape::Dash, Tone::Quiet};
    }
    return {};
}

QColor PluginLook::color(const Theme &theme) const
{
    switch (tone) {
    case Tone::Good:
        return theme.good;
    case Tone::Warning:
        return theme.warning;
    case Tone::Bad:
        return theme.bad;
    case Tone::Quiet:
        break;
    }
    return theme.muted;
}

void PluginLook::paint(QPainter &painter, const QRectF &square, const Theme &theme) const
{
    const qreal unit = square.width() / 10;
    const QRectF r = square.adjusted(unit, unit, -unit, -unit);
    const QPen pen(color(theme), unit * 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(theme));
    switch (shape) {
    case Shape::Dot:
        painter.drawEllipse(r.center(), unit * 1.7, unit * 1.7);
        break;
    case Shape::Disc:
        painter.drawEllipse(r);
        break;
    case Shape::Triangle:
        painter.drawPath(trianglePath(square));
        break;
    case Shape::Diamond:
        painter.drawPath(diamondPath(square));
        break;
    case Shape::HalfDisc:
        painter.drawChord(r, 90 * 16, 180 * 16);
        [[fallthrough]];
    case Shape::Ring:
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(r.adjusted(unit * 0.7, unit * 0.7, -unit * 0.7, -unit * 0.7));
        break;
    case Shape::Dash:
        painter.setPen(pen);
        painter.drawLine(QPointF(r.left(), r.center().y()), QPointF(r.right(), r.center().y()));
        break;
    case Shape::Cross:
        painter.setPen(pen);
        painter.drawLine(r.topLeft(), r.bottomRight());
        painter.drawLine(r.topRight(), r.bottomLeft());
        break;
    case Shape::Barred:
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(r);
        painter.drawLine(r.center() - QPointF(2.6, -2.6) * unit, r.center() + QPointF(2.6, -2.6) * unit);
        break;
    case Shape::Arc:
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawArc(r, 90 * 16, -270 * 16);
        break;
    }
    painter.restore();
}

} // namespace Darkroom
