#include "mainwindow.h"

#include "dropoverlay.h"
#include "emptystate.h"
#include "filterpanel.h"
#include "pictureview.h"
#include "plugindelegate.h"
#include "plugindetails.h"
#include "samplepicture.h"
#include "signaldock.h"
#include "theme.h"

#include <QtCore/QDir>
#include <QtCore/QMimeData>
#include <QtGui/QDesktopServices>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QShortcut>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStatusBar>

namespace Darkroom {

using Axle::PluginState;

namespace {

bool isProblem(const Axle::Plugin &plugin)
{
    return !plugin.error.isNull();
}

} // namespace

MainWindow::MainWindow(Axle::PluginManager &manager, QWidget *parent)
    : QMainWindow(parent)
    , m_manager(manager)
    , m_log(manager)
    , m_plugins(manager)
    , m_filters(*manager.extensionPoint(QStringLiteral("filters")))
{
    setWindowTitle(tr("Darkroom"));
    setAcceptDrops(true);
    resize(1440, 900);

    m_picture = new PictureView(this);
    auto *columns = new QSplitter(this);
    columns->setHandleWidth(1);
    columns->setChildrenCollapsible(false);
    columns->addWidget(makePluginColumn());
    columns->addWidget(m_picture);
    columns->addWidget(makeRightColumn());
    columns->setStretchFactor(1, 1);
    columns->setSizes({300, 800, 340});
    setCentralWidget(columns);
    m_dropOverlay = new DropOverlay(this);

    makeFileMenu();
    makePluginMenu();
    makeSignalDock();
    makeViewMenu();
    makeStatusBar();

    connect(&m_plugins, &PluginListModel::refreshed, this, &MainWindow::showEntry);
    connect(&m_plugins, &PluginListModel::refreshed, this, &MainWindow::showStatus);
    connect(&m_filters, &FilterStack::pictureChanged, this,
        [this] { m_picture->setPictures(m_filters.pipeline().source(), m_filters.pipeline().result()); });
    m_filters.setPicture(samplePicture());
    showEntry();
    showStatus();
}

QWidget *MainWindow::makePluginColumn()
{
    m_list = new QListView(this);
    m_list->setModel(&m_plugins);
    m_list->setItemDelegate(new PluginDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Plugins and libraries"));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &MainWindow::showEntry);
    auto *space = new QShortcut(Qt::Key_Space, m_list, nullptr, nullptr, Qt::WidgetShortcut);
    connect(space, &QShortcut::activated, this, &MainWindow::toggleSelected);

    auto *empty = new EmptyState(this);
    connect(empty, &EmptyState::openFolderRequested, this, &MainWindow::openPluginsFolder);
    m_listOrEmpty = new QStackedWidget(this);
    m_listOrEmpty->addWidget(empty);
    m_listOrEmpty->addWidget(m_list);
    m_listOrEmpty->setMinimumWidth(200);
    return m_listOrEmpty;
}

QWidget *MainWindow::makeRightColumn()
{
    m_details = new PluginDetails(this);
    connect(m_details, &PluginDetails::enableRequested, &m_manager, &Axle::PluginManager::setEnabled);
    connect(m_details, &PluginDetails::retryRequested, &m_manager, &Axle::PluginManager::retry);
    auto *column = new QSplitter(Qt::Vertical, this);
    column->setHandleWidth(1);
    column->setChildrenCollapsible(false);
    column->addWidget(new FilterPanel(m_filters, column));
    column->addWidget(m_details);
    column->setSizes({400, 400});
    column->setMinimumWidth(240);
    return column;
}

void MainWindow::makeSignalDock()
{
    addDockWidget(Qt::BottomDockWidgetArea, new SignalDock(m_log, this));
    resizeDocks(findChildren<QDockWidget *>(), {176}, Qt::Vertical);
}

void MainWindow::makeFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    menu->addAction(tr("&Open picture…"), QKeySequence::Open, this, &MainWindow::openPicture);
    menu->addAction(tr("&Save result as…"), QKeySequence::SaveAs, this, &MainWindow::savePicture);
    menu->addSeparator();
    menu->addAction(tr("&Quit"), QKeySequence::Quit, this, &MainWindow::close);
}

void MainWindow::makePluginMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Plugins"));
    menu->addAction(tr("&Install wheel…"), QKeySequence(tr("Ctrl+I")), this, &MainWindow::chooseWheels);
    menu->addAction(tr("Open plugins &folder"), this, &MainWindow::openPluginsFolder);
    menu->addAction(tr("&Rescan"), QKeySequence::Refresh, &m_manager, &Axle::PluginManager::rescan);
    menu->addSeparator();
    menu->addAction(tr("&Next problem"), QKeySequence(tr("F8")), this, &MainWindow::selectNextProblem);
}

void MainWindow::makeViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    menu->addAction(tr("&Dark"), this, [] { apply(Appearance::Dark); });
    menu->addAction(tr("&Light"), this, [] { apply(Appearance::Light); });
    menu->addSeparator();
    const QList<QDockWidget *> docks = findChildren<QDockWidget *>();
    for (QDockWidget *dock : docks)
        menu->addAction(dock->toggleViewAction());
}

void MainWindow::makeStatusBar()
{
    m_counts = new QLabel(this);
    m_problems = new QPushButton(this);
    m_problems->setFlat(true);
    m_folder = new QLabel(this);
    statusBar()->addWidget(m_counts);
    statusBar()->addWidget(m_problems);
    statusBar()->addPermanentWidget(m_folder);
    statusBar()->setSizeGripEnabled(false);
    connect(m_problems, &QPushButton::clicked, this, &MainWindow::selectNextProblem);
    connect(&m_manager, &Axle::PluginManager::idle, this, &MainWindow::showStatus);
}

QString MainWindow::selectedId() const
{
    return m_list->currentIndex().data(PluginListModel::PluginRole).value<Axle::Plugin>().id;
}

void MainWindow::selectPlugin(const QString &id)
{
    m_list->setCurrentIndex(m_plugins.indexOf(id));
}

void MainWindow::showEntry()
{
    const QString id = selectedId();
    m_details->setEntry(m_plugins.entry(id), id.isEmpty() ? QStringList() : m_plugins.dependentsOf(id));
}

void MainWindow::showStatus()
{
    int active = 0;
    int problems = 0;
    const QList<Axle::Plugin> plugins = m_plugins.plugins();
    for (const Axle::Plugin &plugin : plugins) {
        active += plugin.state == PluginState::Active;
        problems += isProblem(plugin);
    }
    const bool isFirst = m_listOrEmpty->currentWidget() != m_list && !plugins.isEmpty();
    m_listOrEmpty->setCurrentIndex(m_plugins.rowCount() == 0 ? 0 : 1);
    if (isFirst)
        m_list->setFocus();
    const QString counts =
        plugins.isEmpty() ? tr("No plugins") : tr("%1 of %2 plugins active").arg(active).arg(plugins.size());
    m_counts->setText(m_manager.isIdle() ? counts : counts + tr(" · working…"));
    m_problems->setText(tr("▲ Problems: %1").arg(problems));
    m_problems->setVisible(problems > 0);
    m_folder->setText(QDir::toNativeSeparators(m_manager.folders().join(QStringLiteral("  ·  "))));
}

void MainWindow::toggleSelected()
{
    const Axle::Plugin plugin = m_plugins.entry(selectedId()).plugin;
    if (!plugin.id.isEmpty() && !plugin.isLibrary)
        m_manager.setEnabled(plugin.id, !plugin.isEnabled);
}

void MainWindow::selectNextProblem()
{
    const int rows = m_plugins.rowCount();
    const int start = m_list->currentIndex().row();
    for (int step = 1; step <= rows; ++step) {
        const QModelIndex index = m_plugins.index((start + step) % rows);
        if (isProblem(index.data(PluginListModel::PluginRole).value<Axle::Plugin>())) {
            m_list->setCurrentIndex(index);
            m_list->setFocus();
            return;
        }
    }
}

void MainWindow::openPicture()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open picture"), {}, tr("Pictures (*.png *.jpg *.jpeg *.bmp)"));
    if (path.isEmpty())
        return;
    const QImage picture(path);
    if (picture.isNull())
        QMessageBox::warning(this, tr("Open picture"), tr("'%1' is not a picture that can be read.").arg(path));
    else
        m_filters.setPicture(picture);
}

void MainWindow::savePicture()
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save result"), tr("result.png"), tr("Pictures (*.png *.jpg)"));
    if (!path.isEmpty() && !m_filters.pipeline().result().save(path))
        QMessageBox::warning(this, tr("Save result"), tr("'%1' cannot be written.").arg(path));
}

void MainWindow::chooseWheels()
{
    install(QFileDialog::getOpenFileNames(this, tr("Install wheel"), {}, tr("Wheels (*.whl)")));
}

void MainWindow::openPluginsFolder()
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(m_manager.folders().value(0)));
}

void MainWindow::install(const QStringList &wheels)
{
    for (const QString &wheel : wheels) {
        m_manager.install(wheel).then(this, [this](const Axle::Result<void> &installed) {
            if (!installed)
                showInstallError(installed.error());
        });
    }
}

void MainWindow::showInstallError(const Axle::Error &error)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Install wheel"), error.message(), QMessageBox::Close, this);
    box->setInformativeText(error.hint());
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const DropOffer offer = DropOffer::of(*event->mimeData());
    m_dropOverlay->showOffer(offer);
    // Accepted in any case, so that the reason stays to be read; what cannot be installed is ignored when it is dropped.
    event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropOverlay->hide();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    m_dropOverlay->hide();
    event->acceptProposedAction();
    install(DropOffer::of(*event->mimeData()).wheels);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_dropOverlay->setGeometry(rect());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    setEnabled(false);
    m_manager.shutdown();
    QMainWindow::closeEvent(event);
}

} // namespace Darkroom
