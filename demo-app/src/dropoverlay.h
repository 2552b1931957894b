#pragma once

#include <QtCore/QStringList>
#include <QtWidgets/QWidget>

class QMimeData;

namespace Darkroom {

/// What a drag over the window would do.
struct DropOffer
{
    QStringList wheels; ///< paths of the wheels that would be installed
    QString text;       ///< what will happen, or why nothing can

    bool isAccepted() const { return !wheels.isEmpty(); }
    /// Judges by names alone: nothing is opened while the mouse moves.
    static DropOffer of(const QMimeData &data);
};

/// Lies over the whole window during a drag and says whether letting go is of use.
class DropOverlay : public QWidget
{
    Q_OBJECT
public:
    explicit DropOverlay(QWidget *parent);

    void showOffer(const DropOffer &offer);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    DropOffer m_offer;
};

/// Paints a wheel, the sign of a wheel file, into a square.
void paintWheel(QPainter &painter, const QRectF &square, const QColor &color);

} // namespace Darkroom
