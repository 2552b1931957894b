#pragma once

#include <QtGui/QImage>
#include <QtWidgets/QWidget>

namespace Darkroom {

/// A picture before and after, fitted into the window, with a line between the two that can be moved.
class PictureView : public QWidget
{
    Q_OBJECT
public:
    explicit PictureView(QWidget *parent = nullptr);

    void setPictures(const QImage &before, const QImage &after);
    /// Share of the width that shows the picture before; 0 to 1.
    qreal split() const { return m_split; }
    void setSplit(qreal split);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF pictureRect() const;
    const QImage &fitted(const QImage &image, QImage &cache) const;
    void paintSplit(QPainter &painter, const QRectF &picture) const;
    void paintCaption(QPainter &painter, const QRectF &picture, Qt::Edge side, const QString &text) const;

    QImage m_before;
    QImage m_after;
    mutable QImage m_fittedBefore;
    mutable QImage m_fittedAfter;
    qreal m_split = 0.5;
    bool m_isFiltered = false;
};

} // namespace Darkroom
