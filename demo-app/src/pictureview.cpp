#include "pictureview.h"

#include "theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>

namespace Darkroom {

PictureView::PictureView(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(240, 160);
    setAccessibleName(tr("Picture, before and after"));
    setAccessibleDescription(tr("Left and Right move the line between the two"));
}

QSize PictureView::sizeHint() const
{
    return {820, 580};
}

void PictureView::setPictures(const QImage &before, const QImage &after)
{
    m_before = before;
    m_after = after;
    // Copies share their data until someone writes, so equal keys mean that no filter made the picture.
    m_isFiltered = before.cacheKey() != after.cacheKey();
    m_fittedBefore = {};
    m_fittedAfter = {};
    setCursor(m_isFiltered ? Qt::SplitHCursor : Qt::ArrowCursor);
    update();
}

void PictureView::setSplit(qreal split)
{
    m_split = qBound(0.0, split, 1.0);
    update();
}

QRectF PictureView::pictureRect() const
{
    constexpr int margin = 24;
    const QRectF area = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    const QSizeF size = QSizeF(m_before.size()).scaled(area.size(), Qt::KeepAspectRatio);
    return {QPointF(area.center() - QPointF(size.width(), size.height()) / 2).toPoint(), size.toSize()};
}

const QImage &PictureView::fitted(const QImage &image, QImage &cache) const
{
    const QSize size = (pictureRect().size() * devicePixelRatioF()).toSize();
    if (cache.size() != size)
        cache = image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return cache;
}

void PictureView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.canvas);
    if (m_before.isNull())
        return;
    const QRectF picture = pictureRect();
    painter.drawImage(picture, fitted(m_before, m_fittedBefore));
    if (m_isFiltered) {
        QRectF after = picture;
        after.setLeft(picture.left() + picture.width() * m_split);
        painter.setClipRect(after);
        painter.drawImage(picture, fitted(m_after, m_fittedAfter));
        painter.setClipping(false);
        paintSplit(painter, picture);
    }
    if (hasFocus()) {
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(picture.adjusted(-4.5, -4.5, 3.5, 3.5));
    }
}

void PictureView::paintSplit(QPainter &painter, const QRectF &picture) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal x = picture.left() + picture.width() * m_split;
    const QPointF grip(x, picture.center().y());
    painter.setPen(QPen(QColor(255, 255, 255, 220), 1.5));
    painter.drawLine(QPointF(x, picture.top()), QPointF(x, picture.bottom()));
    painter.setBrush(QColor(20, 20, 22, 190));
    painter.drawEllipse(grip, 14, 14);
    painter.setPen(QPen(Qt::white, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const qreal side : {-1.0, 1.0}) {
        const QPointF tip = grip + QPointF(7.5 * side, 0);
        painter.drawPolyline(QPolygonF{tip + QPointF(-3.5 * side, -3.5), tip, tip + QPointF(-3.5 * side, 3.5)});
    }
    if (m_split > 0.12)
        paintCaption(painter, picture, Qt::LeftEdge, tr("Before"));
    if (m_split < 0.88)
        paintCaption(painter, picture, Qt::RightEdge, tr("After"));
}

void PictureView::paintCaption(QPainter &painter, const QRectF &picture, Qt::Edge side, const QString &text) const
{
    painter.setFont(sized(-1, QFont::DemiBold));
    QRectF box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-8, -3, 8, 4);
    box.moveBottom(picture.bottom() - 12);
    if (side == Qt::LeftEdge)
        box.moveLeft(picture.left() + 12);
    else
        box.moveRight(picture.right() - 12);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(20, 20, 22, 170));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(Qt::white);
    painter.drawText(box, Qt::AlignCenter, text);
}

void PictureView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        mouseMoveEvent(event);
}

void PictureView::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF picture = pictureRect();
    if (m_isFiltered && picture.width() > 0)
        setSplit((event->position().x() - picture.left()) / picture.width());
}

void PictureView::keyPressEvent(QKeyEvent *event)
{
    constexpr qreal step = 0.05;
    if (event->key() == Qt::Key_Left)
        setSplit(m_split - step);
    else if (event->key() == Qt::Key_Right)
        setSplit(m_split + step);
    else
        QWidget::keyPressEvent(event);
}

} // namespace Darkroom
