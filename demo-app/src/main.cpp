#include "commandline.h"
#include "mainwindow.h"
#include "tour.h"

#include <axle/manager/pluginmanager.h>
#include <axle/python/interpreter.h>

#include <QtCore/QDir>
#include <QtWidgets/QApplication>

namespace {

int runWindow(const Darkroom::CommandLine &commandLine)
{
    Axle::PluginManagerOptions options;
    options.storeFolder = commandLine.storeFolder();
    options.dataFolder = commandLine.dataFolder();
    Axle::Interpreter interpreter;
    Axle::PluginManager manager(interpreter, options);
    for (const QString &folder : commandLine.pluginFolders()) {
        QDir().mkpath(folder);
        manager.addFolder(folder);
    }
    Darkroom::MainWindow window(manager);
    window.show();
    manager.start();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("darkroom"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DARKROOM_VERSION));
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);

    Darkroom::CommandLine commandLine;
    const bool isTour = commandLine.isTour(arguments);
    if (isTour)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    commandLine.process(arguments);
    Darkroom::apply(commandLine.appearance());
    if (isTour)
        return Darkroom::Tour({commandLine.pluginFolders(), commandLine.storeFolder(), commandLine.tourFolder()}).run();
    return runWindow(commandLine);
}
