#include <axle/wheel/extensionmap.h>

#include "membername_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>

namespace Axle {

using Internal::printable;
using Internal::sentence;

namespace {

bool isModuleName(const QString &name)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\A[^\\W\\d]\\w*(\\.[^\\W\\d]\\w*)*\\z"), QRegularExpression::UseUnicodePropertiesOption);
    return pattern.match(name).hasMatch();
}

bool isFilePath(const QString &path)
{
    return !path.isEmpty() && !path.endsWith(u'/') && Internal::checkPath(path, {}).isNull();
}

} // namespace

Result<ExtensionMap> ExtensionMap::parse(const QByteArray &text)
{
    QJsonParseError jsonError;
    const QJsonDocument document = QJsonDocument::fromJson(text, &jsonError);
    if (jsonError.error != QJsonParseError::NoError) {
        return Error(Codes::ExtensionsInvalid,
            sentence("EXTENSIONS is no JSON at byte %1: %2", jsonError.offset, jsonError.errorString()));
    }
    if (!document.isObject())
        return Error(Codes::ExtensionsInvalid, QStringLiteral("EXTENSIONS is a JSON array, expected an object"));
    ExtensionMap map;
    const QJsonObject object = document.object();
    for (auto item = object.begin(); item != object.end(); ++item) {
        if (!isModuleName(item.key())) {
            return Error(Codes::ExtensionsInvalid,
                QStringLiteral("EXTENSIONS names '%1', expected a module").arg(printable(item.key())));
        }
        if (!isFilePath(item.value().toString())) {
            return Error(Codes::ExtensionsInvalid,
                sentence("EXTENSIONS gives '%1' for the module '%2', expected the path of a file in the wheel",
                    printable(item.value().toString()), printable(item.key())));
        }
        map.m_modules.insert(item.key(), item.value().toString());
    }
    return map;
}

} // namespace Axle
