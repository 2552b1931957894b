#include "signallog.h"

#include "theme.h"

#include <QtCore/QMetaEnum>
#include <QtGui/QPalette>
#include <QtWidgets/QApplication>

namespace Darkroom {

using Axle::PluginManager;

namespace {

constexpr qsizetype maximumEntries = 5000;

template<class Enum>
QString nameOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

} // namespace

QString SignalEntry::toString() const
{
    QString line = QStringLiteral("%1 ms  %2 %3").arg(milliseconds, 6).arg(signal, -19).arg(pluginId, -18);
    if (!text.isEmpty())
        line += u' ' + text;
    while (line.endsWith(u' '))
        line.chop(1);
    return line;
}

SignalLog::SignalLog(PluginManager &manager, QObject *parent)
    : QAbstractTableModel(parent)
{
    m_clock.start();
    listenToPlugins(manager);
    listenToTheRest(manager);
}

void SignalLog::listenToPlugins(PluginManager &manager)
{
    connect(&manager, &PluginManager::pluginAboutToLoad, this, [this](const QString &id, Axle::LoadReason why) {
        append(QStringLiteral("pluginAboutToLoad"), id, nameOf(why));
    });
    connect(&manager, &PluginManager::pluginLoaded, this, [this](const QString &id, const Axle::LoadReport &report) {
        append(QStringLiteral("pluginLoaded"), id,
            tr("mounted in %1 ms, activated in %2 ms, contributions: %3")
                .arg(report.mountMilliseconds)
                .arg(report.activateMilliseconds)
                .arg(report.contributions));
    });
    connect(&manager, &PluginManager::pluginLoadFailed, this, [this](const QString &id, const Axle::Error &error) {
        append(QStringLiteral("pluginLoadFailed"), id, error.message(), true);
    });
    connect(&manager, &PluginManager::pluginAboutToUnload, this,
        [this](const QString &id, Axle::UnloadReason why, bool isUpdate) {
            append(
                QStringLiteral("pluginAboutToUnload"), id, isUpdate ? tr("%1, update").arg(nameOf(why)) : nameOf(why));
        });
    connect(&manager, &PluginManager::pluginUnloaded, this,
        [this](const QString &id, Axle::UnloadReason why, const Axle::UnloadResult &result) {
            QString text = tr("%1, modules removed: %2").arg(nameOf(why)).arg(result.modules.size());
            if (!result.error.isNull())
                text += QStringLiteral("; ") + result.error.message();
            append(QStringLiteral("pluginUnloaded"), id, text, !result.error.isNull());
        });
    connect(&manager, &PluginManager::stateChanged, this,
        [this](const QString &id, Axle::PluginState from, Axle::PluginState to, const Axle::Error &why) {
            const QString step = nameOf(from) + QStringLiteral(" → ") + nameOf(to);
            append(QStringLiteral("stateChanged"), id,
                why.isNull() ? step : step + QStringLiteral(": ") + why.message(), !why.isNull());
        });
    connect(&manager, &PluginManager::dispositionChanged, this,
        [this](const QString &id, Axle::Disposition disposition, const QString &detail) {
            const QString name = nameOf(disposition);
            append(QStringLiteral("dispositionChanged"), id,
                detail.isEmpty() ? name : name + QStringLiteral(": ") + detail);
        });
}

void SignalLog::listenToTheRest(PluginManager &manager)
{
    const auto contribution = [this](const QString &signal) {
        return [this, signal](
                   const Axle::ContributionInfo &info) { append(signal, info.pluginId, info.point + u'/' + info.id); };
    };
    connect(&manager, &PluginManager::contributionAdded, this, contribution(QStringLiteral("contributionAdded")));
    connect(&manager, &PluginManager::contributionRemoved, this, contribution(QStringLiteral("contributionRemoved")));

    const auto distribution = [this](const QString &signal) {
        return [this, signal](const Axle::DistributionInfo &info) { append(signal, info.id, info.version); };
    };
    connect(&manager, &PluginManager::wheelMounted, this, distribution(QStringLiteral("wheelMounted")));
    connect(&manager, &PluginManager::wheelUnmounted, this, distribution(QStringLiteral("wheelUnmounted")));

    connect(&manager, &PluginManager::scanFinished, this, [this](const Axle::ScanReport &report) {
        append(QStringLiteral("scanFinished"), {},
            tr("%1 added, %2 changed, %3 removed")
                .arg(report.added.size())
                .arg(report.changed.size())
                .arg(report.removed.size()));
    });
    connect(&manager, &PluginManager::pluginLogged, this, [this](const QString &id, int level, const QString &message) {
        constexpr int pythonError = 40;
        append(QStringLiteral("pluginLogged"), id, message, level >= pythonError);
    });
    connect(
        &manager, &PluginManager::aboutToShutdown, this, [this] { append(QStringLiteral("aboutToShutdown"), {}, {}); });
}

void SignalLog::append(const QString &signal, const QString &pluginId, const QString &text, bool isFailure)
{
    if (m_entries.size() >= maximumEntries) {
        beginRemoveRows({}, 0, 0);
        m_entries.removeFirst();
        endRemoveRows();
    }
    const int row = static_cast<int>(m_entries.size());
    beginInsertRows({}, row, row);
    m_entries += {m_clock.elapsed(), signal, pluginId, text, isFailure};
    endInsertRows();
    Q_EMIT appended(m_entries.last());
}

int SignalLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int SignalLog::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SignalLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SignalEntry &entry = m_entries.at(index.row());
    const Theme theme = Theme::of(QApplication::palette());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case TimeColumn:
            return QStringLiteral("%1").arg(static_cast<double>(entry.milliseconds) / 1000, 0, 'f', 3);
        case SignalColumn:
            return entry.signal;
        case PluginColumn:
            return entry.pluginId;
        default:
            return entry.text;
        }
    case Qt::ToolTipRole:
        return index.column() == TextColumn ? entry.text : QString();
    case Qt::FontRole:
        return fixedFont();
    case Qt::ForegroundRole:
        if (entry.isFailure && index.column() != TimeColumn)
            return theme.bad;
        return index.column() == SignalColumn || index.column() == PluginColumn ? theme.text : theme.muted;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue<Qt::Alignment>(
            Qt::AlignVCenter | (index.column() == TimeColumn ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::AccessibleTextRole:
        return index.column() == SignalColumn ? entry.toString() : QVariant();
    default:
        return {};
    }
}

QVariant SignalLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue<Qt::Alignment>(
            Qt::AlignVCenter | (section == TimeColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[ColumnCount] = {tr("Seconds"), tr("Signal"), tr("Plugin"), tr("What")};
    return titles[section];
}

} // namespace Darkroom
