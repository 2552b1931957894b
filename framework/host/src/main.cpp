#include "options.h"
#include "session.h"
#include "terminationsignal.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QLoggingCategory>

using namespace Axle;
using namespace Axle::Host;

namespace {

bool isReadableFolder(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir() && info.isReadable() && info.isExecutable())
        return true;
    std::fprintf(stderr, "error: '%s' %s, expected a folder of wheels\n", qPrintable(path),
        !info.exists()     ? "does not exist"
            : info.isDir() ? "is not readable"
                           : "is not a folder");
    return false;
}

int run(const Options &options, QCoreApplication &application)
{
    EventStream stream(options.isJson ? EventStream::Format::Json : EventStream::Format::Text);
    Interpreter interpreter;
    Session session(options, interpreter, stream);
    TerminationSignal termination;
    QObject::connect(&termination, &TerminationSignal::received, &session, &Session::interrupt);
    QObject::connect(&session, &Session::ended, &application, &QCoreApplication::exit, Qt::QueuedConnection);
    session.start();
    const int exitCode = application.exec();
    if (session.isPythonStuck()) {
        // Nothing may be taken apart below code that is still running.
        std::fflush(nullptr);
        std::_Exit(exitCode);
    }
    return exitCode;
}

} // namespace

int main(int argc, char **argv)
{
    const std::variant<Options, ExitCode> parsed = parseOptions(argc, argv);
    if (const ExitCode *exitCode = std::get_if<ExitCode>(&parsed))
        return *exitCode;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("axle"));
    QCoreApplication::setApplicationVersion(QStringLiteral(AXLE_VERSION));
    // They come as events.
    QLoggingCategory::setFilterRules(QStringLiteral("axle.plugin.*=false"));
    const Options &options = std::get<Options>(parsed);
    return isReadableFolder(options.folder) ? run(options, application) : Unreadable;
}
