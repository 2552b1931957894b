#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QtEndian>

#include <cstdint>

namespace Axle::Internal {

/// Takes little-endian fields from a piece of the file, one after the other. A field that would pass the end of the
/// piece is zero, takes nothing, and makes the reader invalid for good, so that one question at the end is enough.
class FieldReader
{
public:
    explicit FieldReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    std::uint16_t u16() { return field<std::uint16_t>(); }
    std::uint32_t u32() { return field<std::uint32_t>(); }
    std::uint64_t u64() { return field<std::uint64_t>(); }
    QByteArrayView bytes(qsizetype size)
    {
        if (!m_isValid || size > remaining()) {
            m_isValid = false;
            return {};
        }
        const QByteArrayView result = m_bytes.sliced(m_position, size);
        m_position += size;
        return result;
    }

    bool isValid() const { return m_isValid; }
    qsizetype position() const { return m_position; }
    qsizetype remaining() const { return m_bytes.size() - m_position; }

private:
    template<class T>
    T field()
    {
        const QByteArrayView raw = bytes(sizeof(T));
        return raw.isEmpty() ? T(0) : qFromLittleEndian<T>(raw.data());
    }

    QByteArrayView m_bytes;
    qsizetype m_position = 0;
    bool m_isValid = true;
};

/// Whether `size` bytes from `offset` lie within the first `limit` bytes; no sum that could overflow.
constexpr bool fits(std::uint64_t offset, std::uint64_t size, std::uint64_t limit)
{
    return offset <= limit && size <= limit - offset;
}

} // namespace Axle::Internal
