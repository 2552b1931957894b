#pragma once

#include "filterstack.h"
#include "pluginlistmodel.h"
#include "signallog.h"

#include <QtWidgets/QMainWindow>

class QLabel;
class QListView;
class QPushButton;
class QStackedWidget;

namespace Darkroom {

class DropOverlay;
class PictureView;
class PluginDetails;

/// The workbench: plugins on the left, the picture in the middle, filters and the selected plugin on the right, signals
/// below. Everything that it knows of plugins it knows from the PluginManager.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(Axle::PluginManager &manager, QWidget *parent = nullptr);

    FilterStack &filters() { return m_filters; }
    PluginListModel &plugins() { return m_plugins; }
    SignalLog &signalLog() { return m_log; }
    PluginDetails &details() { return *m_details; }
    void selectPlugin(const QString &id);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makePluginColumn();
    QWidget *makeRightColumn();
    void makeSignalDock();
    void makeFileMenu();
    void makePluginMenu();
    void makeViewMenu();
    void makeStatusBar();
    void showEntry();
    void showStatus();
    void toggleSelected();
    void selectNextProblem();
    QString selectedId() const;

    void openPicture();
    void savePicture();
    void chooseWheels();
    void openPluginsFolder();
    void install(const QStringList &wheels);
    void showInstallError(const Axle::Error &error);

    Axle::PluginManager &m_manager;
    SignalLog m_log;
    PluginListModel m_plugins;
    FilterStack m_filters;
    QListView *m_list = nullptr;
    QStackedWidget *m_listOrEmpty = nullptr;
    PictureView *m_picture = nullptr;
    PluginDetails *m_details = nullptr;
    DropOverlay *m_dropOverlay = nullptr;
    QLabel *m_counts = nullptr;
    QPushButton *m_problems = nullptr;
    QLabel *m_folder = nullptr;
};

} // namespace Darkroom
