#include "emptystate.h"

#include "dropoverlay.h"
#include "theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace Darkroom {

namespace {

class WheelSign : public QWidget
{
public:
    explicit WheelSign(QWidget *parent)
        : QWidget(parent)
    {
        setFixedSize(72, 72);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintWheel(painter, QRectF(rect()), Theme::of(palette()).line);
    }
};

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *title = new QLabel(tr("Drop a wheel here"), this);
    title->setFont(sized(2, QFont::DemiBold));
    auto *text =
        new QLabel(tr("Plugins are Python wheels. Drop one on this window, or copy it into the plugins folder."), this);
    text->setForegroundRole(QPalette::PlaceholderText);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignHCenter);
    auto *open = new QPushButton(tr("Open plugins folder"), this);
    connect(open, &QPushButton::clicked, this, &EmptyState::openFolderRequested);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(12);
    layout->addStretch(2);
    layout->addWidget(new WheelSign(this), 0, Qt::AlignHCenter);
    layout->addWidget(title, 0, Qt::AlignHCenter);
    layout->addWidget(text);
    layout->addWidget(open, 0, Qt::AlignHCenter);
    layout->addStretch(3);
}

} // namespace Darkroom
