#include "signaldock.h"

#include "signallog.h"
#include "theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

namespace Darkroom {

namespace {

QTableView *makeTable(SignalLog &log, QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setModel(&log);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QTableView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setAccessibleName(SignalDock::tr("Signals of the plugin manager"));
    const QFontMetrics metrics(fixedFont());
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(metrics.height() + 5);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setFont(sized(-1));
    table->setColumnWidth(SignalLog::TimeColumn, metrics.horizontalAdvance(QStringLiteral("00000.000 ")));
    table->setColumnWidth(SignalLog::SignalColumn, metrics.horizontalAdvance(QStringLiteral("pluginAboutToUnload___")));
    table->setColumnWidth(SignalLog::PluginColumn, metrics.horizontalAdvance(QStringLiteral("darkroom-fastblur___")));
    return table;
}

} // namespace

SignalDock::SignalDock(SignalLog &log, QWidget *parent)
    : QDockWidget(tr("Signals"), parent)
{
    setObjectName(QStringLiteral("signals"));
    setFeatures(DockWidgetClosable);
    auto *title = new QLabel(tr("Signals"), this);
    title->setFont(headingFont());
    title->setForegroundRole(QPalette::PlaceholderText);
    title->setBackgroundRole(QPalette::Base);
    title->setAutoFillBackground(true);
    title->setContentsMargins(14, 8, 14, 2);
    setTitleBarWidget(title);

    QTableView *table = makeTable(log, this);
    setWidget(table);
    // Who scrolls up to read is left in peace.
    connect(&log, &SignalLog::rowsAboutToBeInserted, table, [table] {
        const QScrollBar *bar = table->verticalScrollBar();
        table->setProperty("follows", bar->value() >= bar->maximum() - table->rowHeight(0));
    });
    connect(&log, &SignalLog::rowsInserted, table, [table] {
        if (table->property("follows").toBool())
            table->scrollToBottom();
    });
}

} // namespace Darkroom
