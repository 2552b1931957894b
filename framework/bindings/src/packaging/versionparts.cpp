#include "versionparts_p.h"

#include <QtCore/QStringBuilder>

#include <algorithm>

namespace Axle::Internal {

namespace {

QString takeDigits(QStringView &text)
{
    const auto end = std::find_if(text.begin(), text.end(), [](QChar c) { return c < u'0' || c > u'9'; });
    const QStringView digits = text.first(end - text.begin());
    text = text.sliced(digits.size());
    return digits.toString();
}

QString takeNumberAfter(QStringView word, QStringView &text)
{
    if (!text.startsWith(word))
        return {};
    text = text.sliced(word.size());
    return takeDigits(text);
}

} // namespace

VersionParts VersionParts::of(const Version &version)
{
    VersionParts parts;
    const QString base = version.baseVersion();
    const qsizetype mark = base.indexOf(u'!');
    if (mark > 0)
        parts.epoch = base.first(mark);
    parts.release = base.sliced(mark + 1).split(u'.');
    const QString publicText = version.publicVersion();
    QStringView rest = QStringView(publicText).sliced(base.size());
    for (const QStringView kind : {u"a", u"b", u"rc"}) {
        parts.preNumber = takeNumberAfter(kind, rest);
        if (parts.preNumber.isEmpty())
            continue;
        parts.preKind = kind.toString();
        break;
    }
    parts.post = takeNumberAfter(u".post", rest);
    parts.dev = takeNumberAfter(u".dev", rest);
    parts.local = version.local();
    return parts;
}

QString VersionParts::toString() const
{
    QString text = epoch == u"0" ? QString() : epoch + u'!';
    text += release.join(u'.') + preKind + preNumber;
    if (!post.isEmpty())
        text += u".post" % post;
    if (!dev.isEmpty())
        text += u".dev" % dev;
    if (!local.isEmpty())
        text += u'+' + local;
    return text;
}

Version VersionParts::toVersion() const
{
    return *Version::parse(toString());
}

VersionParts VersionParts::trimmed() const
{
    VersionParts result = *this;
    while (result.release.size() > 1 && result.release.last() == u"0")
        result.release.removeLast();
    return result;
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
