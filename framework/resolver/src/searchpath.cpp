#include <axle/resolver/searchpath.h>

namespace Axle {

namespace {

struct NormalizedPath
{
    QStringList entries;
    QStringList normalized;

    void insert(qsizetype place, const QString &entry, const QString &normal)
    {
        entries.insert(place, entry);
        normalized.insert(place, normal);
    }
    void removeBehind(qsizetype place, const QString &normal)
    {
        for (qsizetype i = normalized.size() - 1; i > place; --i) {
            if (normalized.at(i) != normal)
                continue;
            entries.removeAt(i);
            normalized.removeAt(i);
        }
    }
};

QString folderOf(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    return slash == 0 ? QStringLiteral("/") : path.left(qMax(slash, qsizetype(0)));
}

} // namespace

QStringList PathInsertion::applied(const QStringList &path) const
{
    if (location.isEmpty())
        return path;
    const auto normal = [this](
                            const QString &entry) { return normalize && !entry.isEmpty() ? normalize(entry) : entry; };
    NormalizedPath result{path, {}};
    for (const QString &entry : path)
        result.normalized.append(normal(entry));
    const QString place = normal(location);
    const QString folder = folderOf(place);
    const qsizetype present = result.normalized.indexOf(place);
    const qsizetype folderAt = isAheadOfFolder ? result.normalized.indexOf(folder) : -1;
    if (present >= 0 && !isReplacing)
        return path;
    qsizetype at = present;
    if (folderAt >= 0 && (present < 0 || folderAt < present)) {
        at = folderAt;
        result.insert(at, location, place);
    } else if (present < 0) {
        at = isReplacing ? 0 : result.entries.size();
        result.insert(at, location, place);
    }
    result.removeBehind(at, place);
    return result.entries;
}

} // namespace Axle
