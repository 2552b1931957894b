#include <axle/core/error.h>

#include <QtCore/QDebug>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QSharedData>

namespace Axle {

struct ErrorData : public QSharedData
{
    ErrorCode code;
    QString message;
    QString hint;
    QString details;
    SourceSpan span;
    ErrorPlace place;
    QList<Error> causes;
};

namespace {

constexpr auto Expected = QLatin1StringView(", expected ");

} // namespace

QString ErrorPlace::toString() const
{
    QStringList parts;
    if (!member.isEmpty())
        parts += u'\'' + member + u'\'';
    if (offset >= 0)
        parts += QStringLiteral("at offset %1").arg(offset);
    return parts.join(u' ');
}

Error::Error() = default;
Error::Error(const Error &) = default;
Error::Error(Error &&) noexcept = default;
Error &Error::operator=(const Error &) = default;
Error &Error::operator=(Error &&) noexcept = default;
Error::~Error() = default;

Error::Error(ErrorCode code, const QString &message, const QString &hint)
    : d(new ErrorData)
{
    d->code = code;
    d->message = message;
    d->hint = hint;
}

ErrorCode Error::code() const
{
    return d ? d->code : ErrorCode();
}

QString Error::message() const
{
    if (!d)
        return {};
    return d->place.isEmpty() ? d->message : d->place.toString() + QStringLiteral(": ") + d->message;
}

QString Error::found() const
{
    if (!d)
        return {};
    const qsizetype comma = d->message.lastIndexOf(Expected);
    return comma < 0 ? d->message : d->message.first(comma);
}

QString Error::expected() const
{
    const qsizetype comma = d ? d->message.lastIndexOf(Expected) : -1;
    return comma < 0 ? QString() : d->message.sliced(comma + Expected.size());
}

QString Error::hint() const
{
    return d ? d->hint : QString();
}

QString Error::details() const
{
    return d ? d->details : QString();
}

SourceSpan Error::span() const
{
    return d ? d->span : SourceSpan();
}

ErrorPlace Error::place() const
{
    return d ? d->place : ErrorPlace();
}

QList<Error> Error::causes() const
{
    return d ? d->causes : QList<Error>();
}

Error &Error::withHint(const QString &hint) &
{
    Q_ASSERT(d.data());
    d->hint = hint;
    return *this;
}

Error &Error::withDetails(const QString &details) &
{
    Q_ASSERT(d.data());
    d->details = details;
    return *this;
}

Error &Error::withSpan(const SourceSpan &span) &
{
    Q_ASSERT(d.data());
    d->span = span;
    return *this;
}

Error &Error::withPlace(const ErrorPlace &place) &
{
    Q_ASSERT(d.data());
    d->place = place;
    return *this;
}

Error &Error::withCause(const Error &cause) &
{
    Q_ASSERT(d.data() && !cause.isNull());
    d->causes.append(cause);
    return *this;
}

QString Error::toString() const
{
    if (!d)
        return {};
    QStringList lines{message()};
    if (!d->span.isEmpty())
        lines += d->span.caret();
    if (!d->details.isEmpty())
        lines += d->details.trimmed();
    for (const Error &cause : d->causes) {
        const QStringList causeLines = cause.toString().split(u'\n');
        for (const QString &line : causeLines)
            lines += QStringLiteral("  ") + line;
    }
    if (!d->hint.isEmpty())
        lines += QStringLiteral("hint: ") + d->hint;
    return lines.join(u'\n');
}

QJsonObject Error::toJson() const
{
    if (!d)
        return {};
    QJsonObject object{{QStringLiteral("code"), d->code.name()}, {QStringLiteral("message"), message()}};
    if (!d->place.member.isEmpty())
        object[QStringLiteral("member")] = d->place.member;
    if (d->place.offset >= 0)
        object[QStringLiteral("offset")] = qint64(d->place.offset);
    if (!d->hint.isEmpty())
        object[QStringLiteral("hint")] = d->hint;
    if (!d->details.isEmpty())
        object[QStringLiteral("details")] = d->details;
    if (!d->span.isEmpty()) {
        object[QStringLiteral("span")] = QJsonObject{{QStringLiteral("source"), d->span.source},
            {QStringLiteral("line"), d->span.line}, {QStringLiteral("text"), d->span.text},
            {QStringLiteral("begin"), d->span.begin}, {QStringLiteral("end"), d->span.end}};
    }
    if (!d->causes.isEmpty()) {
        QJsonArray causes;
        for (const Error &cause : d->causes)
            causes += cause.toJson();
        object[QStringLiteral("causes")] = causes;
    }
    return object;
}

bool operator==(const Error &a, const Error &b)
{
    if (a.d == b.d)
        return true;
    return a.d && b.d && a.d->code == b.d->code && a.d->message == b.d->message && a.d->hint == b.d->hint
        && a.d->details == b.d->details && a.d->span == b.d->span && a.d->place == b.d->place
        && a.d->causes == b.d->causes;
}

QDebug operator<<(QDebug debug, const Error &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote();
    if (error.isNull())
        return debug << "Error()";
    return debug << "Error(" << error.code().name() << ": " << error.toString() << ')';
}

} // namespace Axle
