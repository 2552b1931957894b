#include "description.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace Axle::Internal {

namespace {

constexpr ErrorCode DescriptionInvalid{"pack-description-invalid"};

QStringList strings(const QJsonArray &array)
{
    QStringList result;
    for (const QJsonValue &value : array)
        result += value.toString();
    return result;
}

QList<PackDescription::EntryPoint> entryPoints(const QJsonObject &groups)
{
    QList<PackDescription::EntryPoint> result;
    for (auto group = groups.begin(); group != groups.end(); ++group) {
        const QJsonObject names = group.value().toObject();
        for (auto name = names.begin(); name != names.end(); ++name)
            result += {group.key(), name.key(), name.value().toString()};
    }
    return result;
}

QList<PackDescription::File> files(const QJsonObject &object)
{
    QList<PackDescription::File> result;
    for (auto file = object.begin(); file != object.end(); ++file)
        result += {file.key(), file.value().toString()};
    return result;
}

} // namespace

Result<PackDescription> PackDescription::parse(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject()) {
        return Error(DescriptionInvalid,
            QStringLiteral("expected a JSON object, found %1 at offset %2")
                .arg(
                    problem.error == QJsonParseError::NoError ? QStringLiteral("another value") : problem.errorString())
                .arg(problem.offset));
    }
    const QJsonObject object = document.object();
    for (const char *key : {"name", "version", "tag"}) {
        if (object[QLatin1StringView(key)].toString().isEmpty())
            return Error(
                DescriptionInvalid, QStringLiteral("expected a text '%1', found none").arg(QLatin1StringView(key)));
    }

    PackDescription result;
    result.name = object[u"name"].toString();
    result.version = object[u"version"].toString();
    result.tag = object[u"tag"].toString();
    result.summary = object[u"summary"].toString();
    result.requiresPython = object[u"requires-python"].toString();
    result.requirements = strings(object[u"requires"].toArray());
    result.entryPoints = Internal::entryPoints(object[u"entry-points"].toObject());
    result.package = object[u"package"].toString();
    result.files = Internal::files(object[u"files"].toObject());
    if (const QJsonObject extensions = object[u"extensions"].toObject(); !extensions.isEmpty())
        result.extensions = QJsonDocument(extensions).toJson();
    return result;
}

} // namespace Axle::Internal
