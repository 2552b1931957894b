#include "commandline.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QStandardPaths>

namespace Darkroom {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

bool hasDisplay()
{
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    if (!platform.isEmpty())
        return !platform.startsWith("offscreen") && !platform.startsWith("minimal");
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

} // namespace

CommandLine::CommandLine()
    : m_plugins(QStringLiteral("plugins"), tr("Folder of plugins; may be given several times."), QStringLiteral("DIR"))
    , m_store(QStringLiteral("store"), tr("Axle's private store."), QStringLiteral("DIR"))
    , m_data(QStringLiteral("data"), tr("Parent of the plugins' data folders."), QStringLiteral("DIR"))
    , m_tour(QStringLiteral("offscreen-tour"), tr("Go through everything without a display and save pictures."),
          QStringLiteral("OUTDIR"))
    , m_theme(QStringLiteral("theme"), tr("dark or light."), QStringLiteral("NAME"), QStringLiteral("dark"))
{
    m_parser.setApplicationDescription(tr("Filters a picture with plugins that are Python wheels."));
    m_parser.addHelpOption();
    m_parser.addVersionOption();
    m_parser.addOptions({m_plugins, m_store, m_data, m_tour, m_theme});
}

bool CommandLine::isTour(const QStringList &arguments)
{
    m_parser.parse(arguments);
    return m_parser.isSet(m_tour) || !hasDisplay();
}

void CommandLine::process(const QStringList &arguments)
{
    m_parser.process(arguments);
}

QStringList CommandLine::pluginFolders() const
{
    if (m_parser.isSet(m_plugins))
        return m_parser.values(m_plugins);
    return {QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/plugins")};
}

QString CommandLine::tourFolder() const
{
    return m_parser.isSet(m_tour) ? m_parser.value(m_tour) : QDir::current().filePath(QStringLiteral("darkroom-tour"));
}

Appearance CommandLine::appearance() const
{
    return m_parser.value(m_theme) == u"light" ? Appearance::Light : Appearance::Dark;
}

} // namespace Darkroom
