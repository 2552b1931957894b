#pragma once

#include <QtWidgets/QDockWidget>

namespace Darkroom {

class SignalLog;

/// The manager's signals as they come; follows the latest while it is in sight.
class SignalDock : public QDockWidget
{
    Q_OBJECT
public:
    explicit SignalDock(SignalLog &log, QWidget *parent = nullptr);
};

} // namespace Darkroom
