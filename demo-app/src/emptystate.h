#pragma once

#include <QtWidgets/QWidget>

namespace Darkroom {

/// Shown instead of a list of no plugins: what to do first.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

Q_SIGNALS:
    void openFolderRequested();
};

} // namespace Darkroom
