#include "plugindetails.h"

#include "errorcard.h"
#include "statebadge.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace Darkroom {

using Axle::PluginState;

namespace {

QLabel *label(QWidget *parent, QPalette::ColorRole role = QPalette::WindowText)
{
    auto *result = new QLabel(parent);
    result->setWordWrap(true);
    result->setTextFormat(Qt::PlainText);
    result->setForegroundRole(role);
    return result;
}

QString swatches(const QVariantList &colours)
{
    QString result;
    for (const QVariant &colour : colours) {
        const QColor known(colour.toString());
        if (known.isValid())
            result += QStringLiteral("<span style='color:%1'>■</span>").arg(known.name());
    }
    return result;
}

/// "filters · Sepia", one a line, as rich text because palettes show their colours.
QString contributionsText(const QList<Axle::ContributionInfo> &contributions, const Theme &theme)
{
    QStringList lines;
    for (const Axle::ContributionInfo &info : contributions) {
        const QString title = info.properties.value(QStringLiteral("title"), info.id).toString();
        const QString colours = swatches(info.properties.value(QStringLiteral("colours")).toList());
        lines += QStringLiteral("%1 <span style='color:%2'>· %3</span> %4")
                     .arg(title.toHtmlEscaped(), theme.muted.name(), info.point.toHtmlEscaped(), colours);
    }
    return lines.join(QStringLiteral("<br>"));
}

bool canBeToggled(const Axle::Plugin &plugin)
{
    return !plugin.isLibrary && plugin.state != PluginState::Invalid && plugin.state != PluginState::Incompatible
        && plugin.state != PluginState::Removed;
}

} // namespace

PluginDetails::PluginDetails(QWidget *parent)
    : QScrollArea(parent)
    , m_content(new QWidget(this))
    , m_nothing(label(this, QPalette::PlaceholderText))
    , m_error(new ErrorCard(this))
{
    auto *page = new QWidget(this);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *outer = new QVBoxLayout(page);
    outer->setContentsMargins(16, 14, 16, 14);
    outer->addWidget(m_nothing);
    outer->addWidget(m_content);
    outer->addStretch();
    m_nothing->setText(tr("Select a plugin to see what it is and does."));

    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(makeHead());
    layout->addWidget(m_error);
    layout->addWidget(makeFacts());

    setWidget(page);
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Details of the selected plugin"));
    setEntry({}, {});
}

QWidget *PluginDetails::makeHead()
{
    auto *head = new QWidget(m_content);
    m_name = label(head);
    m_name->setFont(sized(3, QFont::DemiBold));
    m_version = label(head, QPalette::PlaceholderText);
    m_badge = new StateBadge(head);
    m_summary = label(head, QPalette::PlaceholderText);
    m_toggle = new QPushButton(head);
    m_retry = new QPushButton(tr("Retry"), head);
    m_consequence = label(head, QPalette::PlaceholderText);
    m_consequence->setFont(sized(-1));

    auto *badgeLine = new QHBoxLayout;
    badgeLine->setSpacing(8);
    badgeLine->addWidget(m_badge);
    badgeLine->addWidget(m_version, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_toggle);
    buttons->addWidget(m_retry);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addLayout(badgeLine);
    layout->addWidget(m_summary);
    layout->addLayout(buttons);
    layout->addWidget(m_consequence);

    connect(
        m_toggle, &QPushButton::clicked, this, [this] { Q_EMIT enableRequested(m_plugin.id, !m_plugin.isEnabled); });
    connect(m_retry, &QPushButton::clicked, this, [this] { Q_EMIT retryRequested(m_plugin.id); });
    return head;
}

QWidget *PluginDetails::makeFacts()
{
    auto *facts = new QWidget(m_content);
    auto *grid = new QGridLayout(facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(7);
    grid->setColumnStretch(1, 1);
    m_contributions = addFact(*grid, tr("Adds"));
    m_contributions->setTextFormat(Qt::RichText);
    m_needs = addFact(*grid, tr("Needs"));
    m_usedBy = addFact(*grid, tr("Used by"));
    m_loaded = addFact(*grid, tr("Loaded in"));
    m_native = addFact(*grid, tr("Native code"));
    m_file = addFact(*grid, tr("File"));
    return facts;
}

QLabel *PluginDetails::addFact(QGridLayout &grid, const QString &title)
{
    auto *name = label(grid.parentWidget(), QPalette::PlaceholderText);
    name->setText(title);
    name->setWordWrap(false);
    auto *value = label(grid.parentWidget());
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const int row = grid.rowCount();
    grid.addWidget(name, row, 0, Qt::AlignTop);
    grid.addWidget(value, row, 1);
    m_facts += std::pair(name, value);
    return value;
}

void PluginDetails::setErrorDetailsShown(bool isShown)
{
    m_error->setDetailsShown(isShown);
    if (isShown) {
        // The card has its new height only after the layouts have been gone through.
        QTimer::singleShot(0, this, [this] { ensureWidgetVisible(m_error, 0, 0); });
    }
}

void PluginDetails::setEntry(const PluginEntry &entry, const QStringList &dependents)
{
    const bool isKnown = !entry.plugin.id.isEmpty();
    m_content->setVisible(isKnown);
    m_nothing->setVisible(!isKnown);
    if (entry.plugin.id != m_plugin.id)
        m_error->setDetailsShown(false);
    m_plugin = entry.plugin;
    setHead(entry.plugin, dependents);
    m_error->setVisible(!entry.plugin.error.isNull());
    m_error->setError(entry.plugin.error);
    setFacts(entry, dependents);
}

void PluginDetails::setHead(const Axle::Plugin &plugin, const QStringList &dependents)
{
    m_name->setText(plugin.name);
    m_version->setText(plugin.version);
    m_badge->setLook(PluginLook::of(plugin));
    m_summary->setText(plugin.summary);
    m_summary->setVisible(!plugin.summary.isEmpty());

    const bool isBusy = plugin.operation != Axle::Operation::None;
    m_toggle->setText(plugin.isEnabled ? tr("Disable") : tr("Enable"));
    m_toggle->setVisible(canBeToggled(plugin));
    m_toggle->setEnabled(!isBusy);
    m_retry->setVisible(plugin.state == PluginState::Failed && plugin.isEnabled);
    m_retry->setEnabled(!isBusy);
    const bool takesOthers = plugin.isEnabled && !plugin.isLibrary && !dependents.isEmpty();
    m_consequence->setText(tr("Disabling it also unloads %1").arg(dependents.join(QStringLiteral(", "))));
    m_consequence->setVisible(takesOthers);
}

void PluginDetails::setFacts(const PluginEntry &entry, const QStringList &dependents)
{
    const Axle::Plugin &plugin = entry.plugin;
    const bool isActive = plugin.state == PluginState::Active;
    setFact(m_contributions, contributionsText(entry.contributions, Theme::of(palette())));
    setFact(m_needs, plugin.dependencies.join(QStringLiteral(", ")));
    setFact(m_usedBy, dependents.join(QStringLiteral(", ")));
    setFact(m_loaded,
        isActive ? tr("%1 ms (mount %2, activate %3)")
                       .arg(entry.report.mountMilliseconds + entry.report.activateMilliseconds)
                       .arg(entry.report.mountMilliseconds)
                       .arg(entry.report.activateMilliseconds)
                 : QString());
    setFact(m_native, plugin.isResident ? tr("stays in memory until the program ends") : QString());
    setFact(m_file, QFileInfo(plugin.filePath).fileName());
    m_file->setToolTip(QDir::toNativeSeparators(plugin.filePath));
}

void PluginDetails::setFact(QLabel *value, const QString &text)
{
    value->setText(text);
    for (const auto &[name, known] : std::as_const(m_facts)) {
        if (known == value)
            name->setVisible(!text.isEmpty());
    }
    value->setVisible(!text.isEmpty());
}

} // namespace Darkroom
