#pragma once

#include <axle/resolver/explanation.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QMap>

namespace Axle::Internal {

/// `{"name", "version", "file"}`; the file without its folder.
QJsonObject jsonOf(const Distribution &distribution);

/// Explanations by id: what each of them says, and its `"id"`.
QJsonArray leftOutArray(const QMap<QString, Explanation> &leftOut);

/// The JSON of each item, as `toJson` says it.
template<class List, class ToJson>
QJsonArray jsonArray(const List &list, ToJson toJson)
{
    QJsonArray array;
    for (const auto &item : list)
        array.append(toJson(item));
    return array;
}

} // namespace Axle::Internal
