#pragma once

#include "mainwindow.h"

#include <axle/python/interpreter.h>

#include <QtCore/QTemporaryDir>

#include <functional>

namespace Darkroom {

/// Uses the whole window without anybody watching: loads, filters, drops, disables, removes; prints every signal, saves a
/// picture a step, and counts what did not happen as it should.
///
/// Works on copies of the wheels that it is given, in a folder of its own.
class Tour : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QStringList wheelFolders;
        QString storeFolder;
        QString pictureFolder;
    };

    explicit Tour(const Options &options);

    /// Gives the exit code: 0 only if everything expected happened.
    int run();

private:
    bool prepare();
    void start();
    void applyFilters();
    void showProblems();
    void dragOverWindow();
    void copyIntoFolder();
    void dropOnWindow();
    void disableAndEnable();
    void removeAll();
    void shutDown();

    void step(const QString &title);
    void expect(bool isTrue, const QString &what);
    bool waitUntil(const std::function<bool()> &condition) const;
    void settle() const;
    void takePicture(const QString &name);

    bool isActive(const QString &id) const;
    QString findWheel(const QString &prefix) const; ///< path in the folders given; empty when there is none
    void applyFilter(const QString &key);
    void dragEnter(const QMimeData &mime);
    /// What a drag of that file over the window would carry.
    static std::unique_ptr<QMimeData> mimeOf(const QString &path);

    Options m_options;
    QTemporaryDir m_folder;
    QString m_plugins;
    Axle::Interpreter m_interpreter;
    std::unique_ptr<Axle::PluginManager> m_manager;
    std::unique_ptr<MainWindow> m_window;
    int m_pictures = 0;
    int m_failures = 0;
};

} // namespace Darkroom
