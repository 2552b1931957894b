#include "events.h"

#include <QtCore/QJsonArray>
#include <QtCore/QMetaEnum>

namespace Axle::Host {

namespace {

/// `DisabledByUser` as `disabled-by-user`.
template<class Enum>
QString word(Enum value)
{
    const QLatin1StringView key(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
    QString result;
    for (const QChar character : QString(key)) {
        if (character.isUpper() && !result.isEmpty())
            result += u'-';
        result += character.toLower();
    }
    return result;
}

QJsonObject describe(const DistributionInfo &info)
{
    return {{QStringLiteral("name"), info.name}, {QStringLiteral("version"), info.version},
        {QStringLiteral("file"), info.filePath}, {QStringLiteral("materialised"), info.isMaterialised}};
}

QJsonObject describe(const ContributionInfo &info)
{
    QJsonObject object{{QStringLiteral("point"), info.point}, {QStringLiteral("contribution"), info.id}};
    if (!info.properties.isEmpty())
        object[QStringLiteral("properties")] = QJsonObject::fromVariantMap(info.properties);
    return object;
}

QJsonObject describe(const ScanReport &report)
{
    QJsonArray ignored;
    for (const Error &error : report.ignored)
        ignored += error.toJson();
    return {{QStringLiteral("added"), QJsonArray::fromStringList(report.added)},
        {QStringLiteral("changed"), QJsonArray::fromStringList(report.changed)},
        {QStringLiteral("removed"), QJsonArray::fromStringList(report.removed)}, {QStringLiteral("ignored"), ignored}};
}

void writeLoading(PluginManager &manager, EventStream &stream, QObject *context)
{
    QObject::connect(
        &manager, &PluginManager::pluginAboutToLoad, context, [&stream](const QString &id, LoadReason why) {
            stream.write({QStringLiteral("pluginAboutToLoad"), id, {{QStringLiteral("reason"), word(why)}}, {}});
        });
    QObject::connect(
        &manager, &PluginManager::pluginLoaded, context, [&stream](const QString &id, const LoadReport &report) {
            stream.write({QStringLiteral("pluginLoaded"), id,
                {{QStringLiteral("mount_ms"), report.mountMilliseconds},
                    {QStringLiteral("activate_ms"), report.activateMilliseconds},
                    {QStringLiteral("contributions"), report.contributions}},
                {}});
        });
    QObject::connect(
        &manager, &PluginManager::pluginLoadFailed, context, [&stream](const QString &id, const Error &error) {
            stream.write({QStringLiteral("pluginLoadFailed"), id, {}, error});
        });
}

void writeUnloading(PluginManager &manager, EventStream &stream, QObject *context)
{
    QObject::connect(&manager, &PluginManager::pluginAboutToUnload, context,
        [&stream](const QString &id, UnloadReason why, bool isUpdate) {
            stream.write({QStringLiteral("pluginAboutToUnload"), id,
                {{QStringLiteral("reason"), word(why)}, {QStringLiteral("update"), isUpdate}}, {}});
        });
    QObject::connect(&manager, &PluginManager::pluginUnloaded, context,
        [&stream](const QString &id, UnloadReason why, const UnloadResult &result) {
            stream.write({QStringLiteral("pluginUnloaded"), id,
                {{QStringLiteral("reason"), word(why)},
                    {QStringLiteral("modules"), QJsonArray::fromStringList(result.modules)},
                    {QStringLiteral("parked"), result.isParked}},
                result.error});
        });
}

void writeStates(PluginManager &manager, EventStream &stream, QObject *context)
{
    QObject::connect(&manager, &PluginManager::stateChanged, context,
        [&stream](const QString &id, PluginState from, PluginState to, const Error &why) {
            stream.write({QStringLiteral("stateChanged"), id,
                {{QStringLiteral("from"), word(from)}, {QStringLiteral("to"), word(to)}}, why});
        });
    QObject::connect(&manager, &PluginManager::dispositionChanged, context,
        [&stream](const QString &id, Disposition disposition, const QString &detail) {
            stream.write({QStringLiteral("dispositionChanged"), id,
                {{QStringLiteral("disposition"), word(disposition)}, {QStringLiteral("detail"), detail}}, {}});
        });
}

template<class Info, class Id>
auto infoWriter(EventStream &stream, const QString &name, Id Info::*id)
{
    return [&stream, name, id](const Info &info) { stream.write({name, info.*id, describe(info), {}}); };
}

void writeParts(PluginManager &manager, EventStream &stream, QObject *context)
{
    QObject::connect(&manager, &PluginManager::wheelMounted, context,
        infoWriter(stream, QStringLiteral("wheelMounted"), &DistributionInfo::id));
    QObject::connect(&manager, &PluginManager::wheelUnmounted, context,
        infoWriter(stream, QStringLiteral("wheelUnmounted"), &DistributionInfo::id));
    QObject::connect(&manager, &PluginManager::contributionAdded, context,
        infoWriter(stream, QStringLiteral("contributionAdded"), &ContributionInfo::pluginId));
    QObject::connect(&manager, &PluginManager::contributionRemoved, context,
        infoWriter(stream, QStringLiteral("contributionRemoved"), &ContributionInfo::pluginId));
}

} // namespace

void writeSignals(PluginManager &manager, EventStream &stream, QObject *context)
{
    writeLoading(manager, stream, context);
    writeUnloading(manager, stream, context);
    writeStates(manager, stream, context);
    writeParts(manager, stream, context);
    QObject::connect(&manager, &PluginManager::scanFinished, context, [&stream](const ScanReport &report) {
        stream.write({QStringLiteral("scanFinished"), {}, describe(report), {}});
    });
    QObject::connect(&manager, &PluginManager::pluginLogged, context,
        [&stream](const QString &id, int level, const QString &message) {
            stream.write({QStringLiteral("pluginLogged"), id,
                {{QStringLiteral("level"), level}, {QStringLiteral("message"), message}}, {}});
        });
    QObject::connect(&manager, &PluginManager::idle, context, [&stream] {
        stream.write({QStringLiteral("idle"), {}, {}, {}});
    });
    QObject::connect(&manager, &PluginManager::aboutToShutdown, context, [&stream] {
        stream.write({QStringLiteral("aboutToShutdown"), {}, {}, {}});
    });
}

} // namespace Axle::Host
