// Linked into the guide's window host by the test: prints the first line that the window shows, and closes it.
#include <QtCore/QTextStream>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>
#include <QtWidgets/QListWidget>

namespace {

void look()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        const auto *list = qobject_cast<QListWidget *>(window);
        if (!list || !list->isVisible() || list->count() == 0)
            continue;
        QTextStream(stdout) << "window shows: " << list->item(0)->text() << Qt::endl;
        QCoreApplication::quit();
    }
}

void startLooking()
{
    auto *timer = new QTimer(QCoreApplication::instance());
    QObject::connect(timer, &QTimer::timeout, look);
    timer->start(50);
}
Q_COREAPP_STARTUP_FUNCTION(startLooking)

} // namespace
