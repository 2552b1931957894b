#include "eventstream.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <unistd.h>

namespace Axle::Host {

namespace {

std::FILE *takeStandardOutput()
{
    std::fflush(stdout);
    const int own = ::dup(STDOUT_FILENO);
    if (own < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return stdout;
    std::FILE *const stream = ::fdopen(own, "w");
    return stream ? stream : stdout;
}

/// Names and numbers as they are; lists and objects as JSON.
QString shown(const QJsonValue &value)
{
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.toVariant().toString();
}

} // namespace

EventStream::EventStream(Format format)
    : m_format(format)
    , m_output(format == Format::Json ? takeStandardOutput() : stdout)
{
    m_clock.start();
}

EventStream::~EventStream()
{
    if (m_output != stdout)
        std::fclose(m_output);
}

void EventStream::write(const Event &event)
{
    const QByteArray line = m_format == Format::Json ? json(event) : text(event);
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), m_output);
    std::fflush(m_output);
}

QByteArray EventStream::json(const Event &event) const
{
    QJsonObject rest = event.payload;
    if (!event.error.isNull())
        rest[QStringLiteral("error")] = event.error.toJson();
    QJsonObject head{{QStringLiteral("event"), event.name}, {QStringLiteral("ms"), m_clock.elapsed()}};
    if (!event.id.isEmpty())
        head[QStringLiteral("id")] = event.id;
    // What everyone looks for comes first; QJsonObject would sort it away.
    QByteArray line = QJsonDocument(head).toJson(QJsonDocument::Compact);
    if (!rest.isEmpty())
        line = line.chopped(1) + ',' + QJsonDocument(rest).toJson(QJsonDocument::Compact).sliced(1);
    return line + '\n';
}

QByteArray EventStream::text(const Event &event) const
{
    QString line = QStringLiteral("%1 ms  %2").arg(m_clock.elapsed(), 6).arg(event.name);
    if (!event.id.isEmpty())
        line += u' ' + event.id;
    for (auto it = event.payload.constBegin(); it != event.payload.constEnd(); ++it)
        line += QStringLiteral("  %1=%2").arg(it.key(), shown(it.value()));
    if (!event.error.isNull()) {
        line += QStringLiteral("  [%1]").arg(QString(event.error.code().name()));
        const QStringList errorLines = event.error.toString().split(u'\n');
        for (const QString &errorLine : errorLines)
            line += QStringLiteral("\n           ") + errorLine;
    }
    return line.toLocal8Bit() + '\n';
}

} // namespace Axle::Host
