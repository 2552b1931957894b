#include "tour.h"

#include "plugindetails.h"

#include <QtCore/QDir>
#include <QtCore/QEventLoop>
#include <QtCore/QMimeData>
#include <QtCore/QThread>
#include <QtCore/QUrl>
#include <QtGui/QDragEnterEvent>
#include <QtWidgets/QApplication>

#include <cstdio>

namespace Darkroom {

using Axle::PluginState;

namespace {

constexpr int patience =
    60'000; ///< milliseconds; a numpy that is unpacked for the first time on a slow disk needs some

const QString copiedLater = QStringLiteral("darkroom_sepia-");
const QString droppedLater = QStringLiteral("darkroom_duotone-");

void print(const QString &line)
{
    std::puts(qPrintable(line));
    std::fflush(stdout);
}

QFileInfoList wheelsIn(const QString &folder)
{
    return QDir(folder).entryInfoList({QStringLiteral("*.whl")}, QDir::Files, QDir::Name);
}

} // namespace

Tour::Tour(const Options &options)
    : m_options(options)
    , m_plugins(m_folder.filePath(QStringLiteral("plugins")))
{
}

int Tour::run()
{
    if (prepare()) {
        start();
        applyFilters();
        showProblems();
        dragOverWindow();
        copyIntoFolder();
        dropOnWindow();
        disableAndEnable();
        removeAll();
        shutDown();
    }
    print(m_failures == 0 ? tr("tour: everything happened as expected; pictures in %1").arg(m_options.pictureFolder)
                          : tr("tour: expectations not met: %1").arg(m_failures));
    return m_failures == 0 ? 0 : 1;
}

bool Tour::prepare()
{
    expect(m_folder.isValid() && QDir().mkpath(m_plugins), tr("a temporary folder can be made"));
    expect(QDir().mkpath(m_options.pictureFolder), tr("the folder for pictures can be made"));
    int copied = 0;
    for (const QString &folder : std::as_const(m_options.wheelFolders)) {
        const QFileInfoList wheels = wheelsIn(folder);
        for (const QFileInfo &wheel : wheels) {
            const QString name = wheel.fileName();
            if (!name.startsWith(copiedLater) && !name.startsWith(droppedLater))
                copied += QFile::copy(wheel.filePath(), m_plugins + u'/' + name);
        }
    }
    expect(copied > 0 && !findWheel(copiedLater).isEmpty() && !findWheel(droppedLater).isEmpty(),
        tr("the sample plugins are in %1").arg(m_options.wheelFolders.join(QStringLiteral(", "))));
    // What was written just now would be taken for a copy under way, not for plugins that were there at the start.
    QThread::msleep(700);
    return m_failures == 0;
}

void Tour::start()
{
    step(tr("start with %1 wheels").arg(wheelsIn(m_plugins).size()));
    Axle::PluginManagerOptions options;
    options.storeFolder = m_options.storeFolder;
    options.dataFolder = m_folder.filePath(QStringLiteral("data"));
    m_manager = std::make_unique<Axle::PluginManager>(m_interpreter, options);
    m_manager->addFolder(m_plugins);
    m_window = std::make_unique<MainWindow>(*m_manager);
    connect(
        &m_window->signalLog(), &SignalLog::appended, this, [](const SignalEntry &entry) { print(entry.toString()); });
    m_window->show();
    m_manager->start();
    expect(
        waitUntil([this] { return isActive(QStringLiteral("darkroom-fastblur")); }), tr("darkroom-fastblur is active"));
    settle();
    expect(isActive(QStringLiteral("darkroom-palette")), tr("darkroom-palette is active"));
    const PluginState npkit = m_manager->state(QStringLiteral("darkroom-npkit"));
    if (findWheel(QStringLiteral("numpy-")).isEmpty())
        expect(npkit == PluginState::Unresolved, tr("darkroom-npkit is unresolved, for numpy is missing"));
    else
        expect(npkit == PluginState::Active, tr("darkroom-npkit is active, with numpy"));
    m_window->selectPlugin(QStringLiteral("darkroom-fastblur"));
    takePicture(QStringLiteral("started"));
}

void Tour::applyFilters()
{
    step(tr("apply filters"));
    QStringList keys{QStringLiteral("darkroom-fastblur/blur"), QStringLiteral("darkroom-fastblur/miniature")};
    if (isActive(QStringLiteral("darkroom-npkit")))
        keys += {QStringLiteral("darkroom-npkit/ink"), QStringLiteral("darkroom-npkit/clarity")};
    FilterStack &filters = m_window->filters();
    for (const QString &key : std::as_const(keys)) {
        applyFilter(key);
        takePicture(QStringLiteral("filter-") + key.section(u'/', 1));
        filters.setApplied(filters.indexOf(key), false);
    }
    // What stays for the steps to come: these two make a good picture together.
    for (const QString &key :
        {QStringLiteral("darkroom-fastblur/miniature"), QStringLiteral("darkroom-npkit/clarity")}) {
        if (keys.contains(key))
            applyFilter(key);
    }
}

void Tour::showProblems()
{
    step(tr("look at the problems"));
    const Axle::Plugin flaky = m_manager->plugin(QStringLiteral("darkroom-flaky"));
    expect(flaky.state == PluginState::Failed, tr("darkroom-flaky has failed"));
    expect(flaky.error.details().contains(u"KeyError"), tr("its traceback is told"));
    m_window->selectPlugin(flaky.id);
    m_window->details().setErrorDetailsShown(true);
    takePicture(QStringLiteral("failed"));

    QString torn;
    const QList<Axle::Plugin> plugins = m_manager->plugins();
    for (const Axle::Plugin &plugin : plugins) {
        if (plugin.filePath.contains(u"darkroom_torn"))
            torn = plugin.id;
    }
    expect(m_manager->state(torn) == PluginState::Invalid, tr("darkroom_torn is invalid"));
    m_window->selectPlugin(torn);
    takePicture(QStringLiteral("invalid"));

    m_manager->retry(flaky.id);
    settle();
    expect(m_manager->state(flaky.id) == PluginState::Failed, tr("darkroom-flaky fails again when it is tried again"));
}

void Tour::dragOverWindow()
{
    step(tr("drag files over the window"));
    const auto wheel = mimeOf(findWheel(droppedLater));
    const auto photograph = mimeOf(QStringLiteral("/home/me/holiday.jpg"));
    QDragLeaveEvent leave;
    dragEnter(*wheel);
    takePicture(QStringLiteral("drag"));
    QCoreApplication::sendEvent(m_window.get(), &leave);
    dragEnter(*photograph);
    takePicture(QStringLiteral("drag-refused"));
    QCoreApplication::sendEvent(m_window.get(), &leave);
}

void Tour::copyIntoFolder()
{
    step(tr("copy darkroom-sepia into the plugins folder"));
    const QString wheel = findWheel(copiedLater);
    QFile::copy(wheel, m_plugins + u'/' + QFileInfo(wheel).fileName());
    expect(waitUntil([this] { return isActive(QStringLiteral("darkroom-sepia")); }), tr("darkroom-sepia is active"));
    settle();
    applyFilter(QStringLiteral("darkroom-sepia/sepia"));
    m_window->selectPlugin(QStringLiteral("darkroom-sepia"));
    takePicture(QStringLiteral("copied"));
}

void Tour::dropOnWindow()
{
    step(tr("drop darkroom-duotone on the window"));
    const auto mime = mimeOf(findWheel(droppedLater));
    // A drop reaches only who has accepted the drag.
    dragEnter(*mime);
    QDropEvent event(m_window->rect().center(), Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &event);
    expect(
        waitUntil([this] { return isActive(QStringLiteral("darkroom-duotone")); }), tr("darkroom-duotone is active"));
    settle();
    FilterStack &filters = m_window->filters();
    filters.setApplied(filters.indexOf(QStringLiteral("darkroom-sepia/sepia")), false);
    applyFilter(QStringLiteral("darkroom-duotone/duotone-glacier"));
    m_window->selectPlugin(QStringLiteral("darkroom-palette"));
    takePicture(QStringLiteral("dropped"));
}

void Tour::disableAndEnable()
{
    const QString palette = QStringLiteral("darkroom-palette");
    const QString duotone = QStringLiteral("darkroom-duotone");
    step(tr("disable darkroom-palette, which darkroom-duotone needs"));
    m_manager->setEnabled(palette, false);
    settle();
    expect(m_manager->state(palette) == PluginState::Resolved, tr("darkroom-palette is unloaded"));
    expect(!isActive(duotone), tr("darkroom-duotone went with it"));
    const int glacier = m_window->filters().indexOf(QStringLiteral("darkroom-duotone/duotone-glacier"));
    expect(glacier >= 0 && m_window->filters().steps().at(glacier).filter.isNull(),
        tr("its applied filter kept its place"));
    takePicture(QStringLiteral("disabled"));

    step(tr("enable it again"));
    m_manager->setEnabled(palette, true);
    expect(waitUntil([&] { return isActive(duotone); }), tr("both are active again"));
    settle();
    expect(glacier >= 0 && !m_window->filters().steps().at(glacier).filter.isNull(),
        tr("the filter is back in its place"));
    takePicture(QStringLiteral("enabled"));
}

void Tour::removeAll()
{
    step(tr("remove every wheel from the folder"));
    const QFileInfoList wheels = wheelsIn(m_plugins);
    for (const QFileInfo &wheel : wheels)
        QFile::remove(wheel.filePath());
    const auto isEmpty = [this] { return m_manager->plugins().isEmpty() && m_manager->libraries().isEmpty(); };
    expect(waitUntil(isEmpty), tr("no plugin and no library is left"));
    settle();
    for (int index = static_cast<int>(m_window->filters().steps().size()) - 1; index >= 0; --index)
        m_window->filters().setApplied(index, false);
    settle();
    expect(m_window->filters().steps().isEmpty(), tr("no filter is left"));
    takePicture(QStringLiteral("empty"));
}

void Tour::shutDown()
{
    step(tr("shut down"));
    m_window->close();
    m_window.reset();
    m_manager.reset();
}

void Tour::step(const QString &title)
{
    print(QStringLiteral("== ") + title);
}

void Tour::expect(bool isTrue, const QString &what)
{
    print((isTrue ? QStringLiteral("  ok: ") : QStringLiteral("  FAILED: ")) + what);
    m_failures += !isTrue;
}

bool Tour::waitUntil(const std::function<bool()> &condition) const
{
    QElapsedTimer clock;
    clock.start();
    while (!condition()) {
        if (clock.hasExpired(patience))
            return false;
        QEventLoop loop;
        QTimer::singleShot(10, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

void Tour::settle() const
{
    waitUntil([this] { return m_manager->isIdle() && !m_window->filters().pipeline().isRunning(); });
    // Models and widgets follow by timers of no length.
    for (int round = 0; round < 3; ++round)
        QApplication::processEvents();
}

void Tour::takePicture(const QString &name)
{
    settle();
    m_window->plugins().refresh();
    QApplication::processEvents();
    const QString fileName = QStringLiteral("%1-%2.png").arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name);
    const QImage image = m_window->grab().toImage().convertToFormat(QImage::Format_RGB888);
    constexpr int smallest = 0; // the quality of a PNG says how hard to compress
    const bool isSaved = image.save(QDir(m_options.pictureFolder).filePath(fileName), "PNG", smallest);
    expect(isSaved, tr("picture %1").arg(fileName));
}

bool Tour::isActive(const QString &id) const
{
    return m_manager->state(id) == PluginState::Active;
}

QString Tour::findWheel(const QString &prefix) const
{
    for (const QString &folder : m_options.wheelFolders) {
        const QFileInfoList wheels = wheelsIn(folder);
        for (const QFileInfo &wheel : wheels) {
            if (wheel.fileName().startsWith(prefix))
                return wheel.absoluteFilePath();
        }
    }
    return {};
}

void Tour::applyFilter(const QString &key)
{
    FilterStack &filters = m_window->filters();
    const int index = filters.indexOf(key);
    expect(index >= 0, tr("there is a filter %1").arg(key));
    if (index < 0)
        return;
    const QImage before = filters.pipeline().result();
    filters.setApplied(index, true);
    settle();
    const FilterStep &applied = filters.steps().at(index);
    expect(applied.error.isNull() && applied.milliseconds >= 0 && filters.pipeline().result() != before,
        applied.error.isNull() ? tr("%1 changed the picture").arg(key) : applied.error.toString());
    print(QStringLiteral("  %1: %2 ms").arg(key).arg(applied.milliseconds));
}

void Tour::dragEnter(const QMimeData &mime)
{
    QDragEnterEvent event(m_window->rect().center(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &event);
}

std::unique_ptr<QMimeData> Tour::mimeOf(const QString &path)
{
    auto mime = std::make_unique<QMimeData>();
    mime->setUrls({QUrl::fromLocalFile(path)});
    return mime;
}

} // namespace Darkroom
