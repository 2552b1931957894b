#pragma once

#include <QtCore/QObject>
#include <QtCore/QSocketNotifier>

#include <memory>

namespace Axle::Host {

/// SIGINT and SIGTERM as a Qt signal, by way of a pipe. The second one ends the process as if nobody had asked.
/// At most one exists at a time.
class TerminationSignal : public QObject
{
    Q_OBJECT
public:
    TerminationSignal();
    ~TerminationSignal() override;

Q_SIGNALS:
    void received();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Axle::Host
