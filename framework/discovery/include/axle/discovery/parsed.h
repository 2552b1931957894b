#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QMutex>

#include <atomic>
#include <memory>
#include <utility>

namespace Axle {

/// A value that is made of its text when it is first asked for, or no value at all; reads like a std::optional. Copies
/// share it, and threads may share copies.
template<class T>
class Parsed
{
public:
    Parsed() = default;
    Parsed(T value)
        : d(std::make_shared<Data>())
    {
        d->value = new T(std::move(value));
    }
    /// `parse` makes a value of any text.
    using Parse = T (*)(QByteArrayView text);
    Parsed(const QByteArray &text, Parse parse)
        : Parsed(text, text, parse)
    {
    }
    /// The same, of text within `owner`.
    Parsed(const QByteArray &owner, QByteArrayView text, Parse parse)
        : d(std::make_shared<Data>())
    {
        d->owner = owner;
        d->text = text;
        d->parse = parse;
    }

    bool has_value() const noexcept { return d != nullptr; }
    explicit operator bool() const noexcept { return has_value(); }
    const T &operator*() const { return value(); }
    const T *operator->() const { return &value(); }
    void reset() { d.reset(); }
    /// What it is made of; empty when it was never text.
    QByteArrayView text() const { return d ? d->text : QByteArrayView(); }

private:
    struct Data
    {
        Data() = default;
        Q_DISABLE_COPY_MOVE(Data)
        ~Data() { delete value.load(); }

        QByteArray owner; // stays: who writes the text down again need not parse it
        QByteArrayView text;
        Parse parse = nullptr;
        QMutex mutex; // a std::once_flag would ask the kernel each time to wake those who wait
        std::atomic<const T *> value = nullptr;
    };

    const T &value() const
    {
        Q_ASSERT(d);
        if (const T *known = d->value.load(std::memory_order_acquire))
            return *known;
        const QMutexLocker lock(&d->mutex);
        if (!d->value.load(std::memory_order_relaxed))
            d->value.store(new T(d->parse(d->text)), std::memory_order_release);
        return *d->value.load(std::memory_order_relaxed);
    }

    std::shared_ptr<Data> d;
};

} // namespace Axle
