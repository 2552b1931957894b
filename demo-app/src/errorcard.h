#pragma once

#include <axle/core/error.h>

#include <QtWidgets/QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace Darkroom {

/// What is wrong with a plugin: message, hint, and, folded away, traceback and causes.
class ErrorCard : public QWidget
{
    Q_OBJECT
public:
    explicit ErrorCard(QWidget *parent = nullptr);

    void setError(const Axle::Error &error);
    void setDetailsShown(bool isShown);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Axle::Error m_error;
    QLabel *m_message;
    QLabel *m_hint;
    QPushButton *m_fold;
    QPushButton *m_copy;
    QPlainTextEdit *m_details;
};

} // namespace Darkroom
