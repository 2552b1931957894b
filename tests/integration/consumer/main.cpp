// Loads what is in the folder, says what came of it, and ends.
#include <axle/manager/pluginmanager.h>
#include <axle/python/interpreter.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Axle::Interpreter python;
    Axle::PluginManager plugins(python);
    QObject::connect(&plugins, &Axle::PluginManager::idle, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    plugins.addFolder(app.arguments().value(1));
    plugins.start();
    app.exec();
    QTextStream out(stdout);
    for (const Axle::Plugin &plugin : plugins.plugins()) {
        out << plugin.id << ' ' << plugin.version
            << (plugin.state == Axle::PluginState::Active ? " active" : " not active") << Qt::endl;
        if (!plugin.error.isNull())
            out << plugin.error.toString() << Qt::endl;
    }
    return 0;
}
