#include "dropoverlay.h"

#include "theme.h"

#include <QtCore/QFileInfo>
#include <QtCore/QMimeData>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>
#include <QtGui/QPainter>

#include <cmath>
#include <numbers>

namespace Darkroom {

namespace {

/// "name version" of a wheel's file name; empty when it is none.
QString wheelTitle(const QString &fileName)
{
    static const QRegularExpression pattern(QStringLiteral(R"(^([^-]+)-([^-]+)(-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl$)"));
    const QRegularExpressionMatch match = pattern.match(fileName);
    return match.hasMatch() ? match.captured(1).replace(u'_', u'-') + u' ' + match.captured(2) : QString();
}

} // namespace

DropOffer DropOffer::of(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    DropOffer offer;
    QString title;
    for (const QUrl &url : urls) {
        const QString fileName = QFileInfo(url.toLocalFile()).fileName();
        const QString found = wheelTitle(fileName);
        if (found.isEmpty()) {
            offer.text = fileName.isEmpty() ? DropOverlay::tr("Only files can be installed")
                                            : DropOverlay::tr("'%1' is not a wheel").arg(fileName);
            offer.wheels.clear();
            return offer;
        }
        title = found;
        offer.wheels += url.toLocalFile();
    }
    if (offer.wheels.size() == 1)
        offer.text = DropOverlay::tr("Install %1").arg(title);
    else if (!offer.wheels.isEmpty())
        offer.text = DropOverlay::tr("Install %1 wheels").arg(offer.wheels.size());
    else
        offer.text = DropOverlay::tr("Only wheel files (.whl) can be installed");
    return offer;
}

DropOverlay::DropOverlay(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::showOffer(const DropOffer &offer)
{
    m_offer = offer;
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = theme.window;
    veil.setAlphaF(0.9f);
    painter.fillRect(rect(), veil);

    const QColor color = m_offer.isAccepted() ? theme.accent : theme.bad;
    QPen frame(color, 2);
    frame.setDashPattern({5, 4});
    painter.setPen(frame);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(14, 14, -14, -14), 12, 12);

    constexpr int wheelSize = 88;
    const QPointF middle = QRectF(rect()).center();
    const QRectF square(middle.x() - wheelSize / 2.0, middle.y() - wheelSize, wheelSize, wheelSize);
    paintWheel(painter, square, color);
    if (!m_offer.isAccepted()) {
        painter.setPen(QPen(color, 5, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(square.bottomLeft(), square.topRight());
    }
    const QRectF line(24, middle.y() + 22, width() - 48, 40);
    painter.setFont(sized(6, QFont::DemiBold));
    painter.setPen(theme.text);
    painter.drawText(line, Qt::AlignHCenter | Qt::AlignTop, m_offer.text);
    painter.setFont(sized(0));
    painter.setPen(theme.muted);
    painter.drawText(line.translated(0, 42), Qt::AlignHCenter | Qt::AlignTop,
        m_offer.isAccepted() ? tr("Let go to copy it into the plugins folder")
                             : tr("Plugins are wheels: files that end in .whl"));
}

void paintWheel(QPainter &painter, const QRectF &square, const QColor &color)
{
    const QPointF center = square.center();
    const qreal radius = square.width() / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, radius * 0.13, Qt::SolidLine, Qt::RoundCap));
    painter.drawEllipse(center, radius * 0.9, radius * 0.9);
    painter.drawEllipse(center, radius * 0.2, radius * 0.2);
    painter.setPen(QPen(color, radius * 0.08, Qt::SolidLine, Qt::RoundCap));
    constexpr int spokes = 8;
    for (int i = 0; i < spokes; ++i) {
        const qreal angle = 2 * std::numbers::pi * i / spokes;
        const QPointF direction(std::cos(angle), std::sin(angle));
        painter.drawLine(center + direction * radius * 0.3, center + direction * radius * 0.8);
    }
    painter.restore();
}

} // namespace Darkroom
