#include "versionparts_p.h"

#include <QtCore/QStringBuilder>

namespace Axle::Internal {

QString toText(const VersionParts &parts)
{
    QString text = parts.epoch == u"0" ? QString() : parts.epoch + u'!';
    text += parts.release.join(u'.') + parts.preLetter + parts.pre;
    if (!parts.post.isEmpty())
        text += u".post" % parts.post;
    if (!parts.dev.isEmpty())
        text += u".dev" % parts.dev;
    if (!parts.local.isEmpty())
        text += u'+' + parts.local;
    return text;
}

Version toVersion(const VersionParts &parts)
{
    return *Version::parse(toText(parts));
}

VersionParts trimmed(VersionParts parts)
{
    while (parts.release.size() > 1 && parts.release.last() == u"0")
        parts.release.removeLast();
    return parts;
}

QString successor(const QString &digits)
{
    QString result = digits;
    for (qsizetype i = result.size() - 1; i >= 0; --i) {
        if (result[i] != u'9') {
            result[i] = QChar(result[i].unicode() + 1);
            return result;
        }
        result[i] = u'0';
    }
    return u'1' + result;
}

} // namespace Axle::Internal
