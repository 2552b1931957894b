#include "errorcard.h"

#include "theme.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>

namespace Darkroom {

namespace {

constexpr int stripeWidth = 3;

/// With a capital, unless it begins with something that is spelled as it is: a name, a call.
QString sentence(QString text)
{
    const auto isLetter = [](QChar c) { return c.isLetter(); };
    const QString word = text.section(u' ', 0, 0);
    if (std::all_of(word.cbegin(), word.cend(), isLetter) && !word.isEmpty())
        text[0] = text.at(0).toUpper();
    return text;
}

/// What the card folds away: everything that message and hint do not say.
QString detailsOf(const Axle::Error &error)
{
    QStringList parts;
    if (!error.span().isEmpty())
        parts += error.span().caret();
    if (!error.details().isEmpty())
        parts += error.details().trimmed();
    const QList<Axle::Error> causes = error.causes();
    for (const Axle::Error &cause : causes)
        parts += cause.toString();
    return parts.join(QStringLiteral("\n\n"));
}

QLabel *textLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    // Errors quote names from files: never to be read as markup.
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

ErrorCard::ErrorCard(QWidget *parent)
    : QWidget(parent)
    , m_message(textLabel(this))
    , m_hint(textLabel(this))
    , m_fold(new QPushButton(this))
    , m_copy(new QPushButton(tr("Copy report"), this))
    , m_details(new QPlainTextEdit(this))
{
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_fold->setFlat(true);
    m_copy->setFlat(true);
    m_details->setReadOnly(true);
    m_details->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_details->setFont(fixedFont());
    m_details->setAccessibleName(tr("Details of the error"));

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_fold);
    buttons->addStretch();
    buttons->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14 + stripeWidth, 12, 12, 8);
    layout->setSpacing(6);
    layout->addWidget(m_message);
    layout->addWidget(m_hint);
    layout->addLayout(buttons);
    layout->addWidget(m_details);

    connect(m_fold, &QPushButton::clicked, this, [this] { setDetailsShown(m_details->isHidden()); });
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_error.toString()); });
}

void ErrorCard::setError(const Axle::Error &error)
{
    if (error == m_error)
        return;
    m_error = error;
    m_message->setText(sentence(error.message()));
    m_hint->setText(sentence(error.hint()));
    m_hint->setVisible(!error.hint().isEmpty());
    const QString details = detailsOf(error);
    m_details->setPlainText(details);
    m_fold->setVisible(!details.isEmpty());
    setDetailsShown(false);
}

void ErrorCard::setDetailsShown(bool isShown)
{
    const bool hasDetails = !m_details->document()->isEmpty();
    m_details->setVisible(isShown && hasDetails);
    m_fold->setText(isShown ? tr("▾ Hide details") : tr("▸ Show details"));
    const int lines = qBound(3, m_details->document()->blockCount() + 1, 16);
    m_details->setFixedHeight(lines * m_details->fontMetrics().lineSpacing() + 16);
}

void ErrorCard::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = theme.bad;
    fill.setAlphaF(0.09f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()), 5, 5);
    painter.setBrush(theme.bad);
    painter.drawRoundedRect(QRectF(0, 0, stripeWidth, height()), 1.5, 1.5);
}

} // namespace Darkroom
