#include <axle/packaging/versionkey.h>

#include "version_p.h"

#include <QtCore/QVarLengthArray>
#include <QtCore/QtEndian>

#include <array>
#include <charconv>

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
    void readNumber(std::string_view before);
    void append(std::string_view text) { m_text.append(text.data(), static_cast<qsizetype>(text.size())); }
    void append(quint64 number);

    const Version::Form &m_form;
    const std::string m_key;
    size_t m_position = 0;
    QVarLengthArray<char, 64> m_text; // ASCII
};

void KeyReader::append(quint64 number)
{
    std::array<char, 20> digits = {};
    const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    append(std::string_view(digits.data(), end));
}

void KeyReader::readNumber(std::string_view before)
{
    append(before);
    const size_t size = numberSize(m_key, m_position);
    const std::string_view number = std::string_view(m_key).substr(m_position, size);
    const unsigned char mark = next();
    m_position += size;
    if (mark == KeyByte::LongNumber)
        append(number.substr(9));
    else if (mark >= KeyByte::ManyBytes)
        append(bigEndian(number.substr(1)));
    else if (mark >= KeyByte::TwoBytes)
        append(bigEndian(number) - (quint64{KeyByte::TwoBytes} << 8) + KeyByte::FirstOfTwoBytes);
    else
        append(quint64{mark} - KeyByte::Zero);
}

void KeyReader::readRelease()
{
    if (next() == KeyByte::EpochMark) {
        ++m_position;
        readNumber("");
        append("!");
    }
    std::string_view separator;
    while (next() >= KeyByte::Zero) {
        readNumber(separator);
        separator = ".";
    }
    for (quint32 i = 0; i < m_form.trailingZeros; ++i) {
        append(separator);
        append("0");
        separator = ".";
    }
}

void KeyReader::readExtension()
{
    const unsigned char extension = next();
    ++m_position;
    if (extension == KeyByte::ExtensionDev) {
        readNumber(".dev");
    } else if (extension == KeyByte::ExtensionPost) {
        readNumber(".post");
        readExtension();
    }
}

void KeyReader::readSuffixes()
{
    constexpr std::array<std::string_view, 7> words{"", ".dev", "a", "b", "rc", "", ".post"};
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
    std::string_view separator = "+";
    for (unsigned char part = next(); part != 0; part = next()) {
        ++m_position;
        if (part == KeyByte::LocalNumber) {
            readNumber(separator);
        } else {
            const size_t end = m_key.find('\0', m_position);
            append(separator);
            append(std::string_view(m_key).substr(m_position, end - m_position));
            m_position = end + 1;
        }
        separator = ".";
    }
}

VersionText KeyReader::read()
{
    VersionText result;
    readRelease();
    result.releaseEnd = m_text.size();
    readSuffixes();
    result.publicEnd = m_text.size();
    if (m_form.hasLocal)
        readLocal();
    result.text = QString::fromLatin1(m_text.constData(), m_text.size());
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

bool haveSameRelease(const VersionKey &a, const VersionKey &b)
{
    const std::string key = a.bytes();
    size_t size = 0;
    while (static_cast<unsigned char>(key[size]) >= KeyByte::Zero)
        size += static_cast<unsigned char>(key[size]) == KeyByte::EpochMark ? 1 : numberSize(key, size);
    const std::string other = b.bytes();
    return other.compare(0, size, key, 0, size) == 0 && size < other.size()
        && static_cast<unsigned char>(other[size]) < KeyByte::Zero;
}

VersionText textOf(const Version &version)
{
    return KeyReader(version).read();
}

} // namespace Axle::Internal
