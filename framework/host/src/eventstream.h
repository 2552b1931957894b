#pragma once

#include <axle/core/error.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonObject>

#include <cstdio>

namespace Axle::Host {

/// What is printed of one signal.
struct Event
{
    QString name; ///< of the signal
    QString id;   ///< empty where the signal has none
    QJsonObject payload;
    Error error;
};

/// Standard output as a sequence of events, each flushed: one JSON object a line, or text for people.
class EventStream
{
public:
    enum class Format { Text, Json };

    /// With Json, whatever else this process prints on standard output goes to standard error from here on, so that the
    /// stream stays one of objects.
    explicit EventStream(Format format);
    ~EventStream();
    Q_DISABLE_COPY_MOVE(EventStream)

    void write(const Event &event);

private:
    QByteArray json(const Event &event) const;
    QByteArray text(const Event &event) const;

    Format m_format;
    std::FILE *m_output;
    QElapsedTimer m_clock;
};

} // namespace Axle::Host
