#pragma once

#include "theme.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QStringList>

namespace Darkroom {

/// What `darkroom` was asked to do.
class CommandLine
{
public:
    CommandLine();

    /// Looks at the arguments before there is a QApplication, which must know its platform when it begins: gives whether
    /// the tour is wanted, by option or for want of a display.
    bool isTour(const QStringList &arguments);
    /// Parses for good; ends the program after `--help`, `--version` and wrong options.
    void process(const QStringList &arguments);

    QStringList pluginFolders() const; ///< at least one
    QString storeFolder() const { return m_parser.value(m_store); }
    QString dataFolder() const { return m_parser.value(m_data); }
    QString tourFolder() const;
    Appearance appearance() const;

private:
    QCommandLineParser m_parser;
    QCommandLineOption m_plugins;
    QCommandLineOption m_store;
    QCommandLineOption m_data;
    QCommandLineOption m_tour;
    QCommandLineOption m_theme;
};

} // namespace Darkroom
