#include <axle/packaging/versionkey.h>

#include "version_p.h"

#include <QtCore/QtEndian>

#include <array>

namespace Axle::Internal {

namespace {

quint64 headOf(std::string_view bytes)
{
    std::array<char, VersionKey::HeadSize> head = {};
    bytes.copy(head.data(), head.size());
    return qFromBigEndian<quint64>(head.data());
}

quint64 bigEndian(std::string_view bytes)
{
    quint64 value = 0;
    for (const char byte : bytes)
        value = (value << 8) | static_cast<unsigned char>(byte);
    return value;
}

/// Writes the text of a version while it reads the key.
class KeyReader
{
public:
    explicit KeyReader(const Version &version)
        : m_form(version.form())
        , m_key(m_form.key.bytes())
    {
    }

    VersionText read();

private:
    /// Behind the last byte of a short key there are null bytes, and behind eight bytes nothing is asked for.
    unsigned char next() const { return m_position < m_key.size() ? static_cast<unsigned char>(m_key[m_position]) : 0; }
    void readRelease();
    void readSuffixes();
    void readExtension();
    void readLocal();
    void readNumber(QLatin1StringView before);

    const Version::Form &m_form;
    const std::string m_key;
    size_t m_position = 0;
    QString m_text;
};

void KeyReader::readNumber(QLatin1StringView before)
{
    m_text += before;
    const size_t size = numberSize(m_key, m_position);
    const std::string_view number = std::string_view(m_key).substr(m_position, size);
    const unsigned char mark = next();
    m_position += size;
    if (mark == KeyByte::LongNumber)
        m_text += QLatin1StringView(number.data() + 9, static_cast<qsizetype>(size) - 9);
    else if (mark >= KeyByte::ManyBytes)
        m_text += QString::number(bigEndian(number.substr(1)));
    else if (mark >= KeyByte::TwoBytes)
        m_text += QString::number(bigEndian(number) - (quint64{KeyByte::TwoBytes} << 8) + KeyByte::FirstOfTwoBytes);
    else
        m_text += QString::number(mark - KeyByte::Zero);
}

void KeyReader::readRelease()
{
    if (next() == KeyByte::EpochMark) {
        ++m_position;
        readNumber(QLatin1StringView());
        m_text += u'!';
    }
    bool isFirst = true;
    while (next() >= KeyByte::Zero) {
        readNumber(isFirst ? QLatin1StringView() : QLatin1StringView("."));
        isFirst = false;
    }
    for (quint32 i = 0; i < m_form.trailingZeros; ++i) {
        m_text += isFirst ? QLatin1StringView("0") : QLatin1StringView(".0");
        isFirst = false;
    }
}

void KeyReader::readExtension()
{
    const unsigned char extension = next();
    ++m_position;
    if (extension == KeyByte::ExtensionDev) {
        readNumber(QLatin1StringView(".dev"));
    } else if (extension == KeyByte::ExtensionPost) {
        readNumber(QLatin1StringView(".post"));
        readExtension();
    }
}

void KeyReader::readSuffixes()
{
    constexpr std::array words{QLatin1StringView(), QLatin1StringView(".dev"), QLatin1StringView("a"),
        QLatin1StringView("b"), QLatin1StringView("rc"), QLatin1StringView(), QLatin1StringView(".post")};
    const unsigned char suffix = next();
    ++m_position;
    if (suffix == KeyByte::Final)
        return;
    readNumber(words.at(suffix));
    if (suffix != KeyByte::BareDev)
        readExtension();
}

void KeyReader::readLocal()
{
    QLatin1StringView separator("+");
    for (unsigned char part = next(); part != 0; part = next()) {
        ++m_position;
        if (part == KeyByte::LocalNumber) {
            readNumber(separator);
        } else {
            const size_t end = m_key.find('\0', m_position);
            m_text += separator;
            m_text += QLatin1StringView(m_key.data() + m_position, static_cast<qsizetype>(end - m_position));
            m_position = end + 1;
        }
        separator = QLatin1StringView(".");
    }
}

VersionText KeyReader::read()
{
    VersionText result;
    m_text.reserve(24);
    readRelease();
    result.releaseEnd = m_text.size();
    readSuffixes();
    result.publicEnd = m_text.size();
    if (m_form.hasLocal)
        readLocal();
    result.text = std::move(m_text);
    return result;
}

} // namespace

VersionKey::VersionKey(quint64 head, std::string &&tail)
    : m_head(head)
{
    auto *shared = new Tail;
    shared->bytes = std::move(tail);
    m_tail = shared;
}

VersionKey::VersionKey(std::string_view bytes)
    : m_head(headOf(bytes))
{
    if (bytes.size() > HeadSize)
        *this = VersionKey(m_head, std::string(bytes.substr(HeadSize)));
}

std::string VersionKey::bytes() const
{
    const quint64 bigEndianHead = qToBigEndian(m_head);
    return std::string(reinterpret_cast<const char *>(&bigEndianHead), HeadSize).append(tail());
}

size_t numberSize(std::string_view key, size_t position)
{
    const auto mark = static_cast<unsigned char>(key[position]);
    if (mark == KeyByte::LongNumber)
        return 9 + bigEndian(key.substr(position + 1, 8));
    if (mark >= KeyByte::ManyBytes)
        return 1 + size_t{mark} - KeyByte::ManyBytes;
    return mark >= KeyByte::TwoBytes ? 2 : 1;
}

VersionText textOf(const Version &version)
{
    return KeyReader(version).read();
}

} // namespace Axle::Internal
