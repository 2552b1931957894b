#include "terminationsignal.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Axle::Host {

namespace {

int thePipe[2] = {-1, -1};

void handleSignal(int)
{
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(thePipe[1], &byte, 1);
}

void setAction(void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

} // namespace

TerminationSignal::TerminationSignal()
{
    if (::pipe2(thePipe, O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("no pipe for signals");
    m_notifier = std::make_unique<QSocketNotifier>(thePipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        Q_EMIT received();
    });
    // One action each: whoever is impatient gets the default with the second Ctrl-C.
    setAction(handleSignal, static_cast<int>(SA_RESETHAND | SA_RESTART));
}

TerminationSignal::~TerminationSignal()
{
    setAction(SIG_DFL, 0);
    m_notifier.reset();
    ::close(thePipe[0]);
    ::close(thePipe[1]);
}

} // namespace Axle::Host
