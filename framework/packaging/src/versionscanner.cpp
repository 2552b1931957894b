#include "textcursor_p.h"
#include "version_p.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace Axle::Internal {

namespace {

struct Spelling
{
    QLatin1StringView word;
    unsigned char suffix = 0; // of the key
};

// Longer spellings before their own beginnings.
constexpr std::array PreSpellings{
    Spelling{QLatin1StringView("alpha"), KeyByte::Alpha},
    Spelling{QLatin1StringView("a"), KeyByte::Alpha},
    Spelling{QLatin1StringView("beta"), KeyByte::Beta},
    Spelling{QLatin1StringView("b"), KeyByte::Beta},
    Spelling{QLatin1StringView("preview"), KeyByte::Candidate},
    Spelling{QLatin1StringView("pre"), KeyByte::Candidate},
    Spelling{QLatin1StringView("rc"), KeyByte::Candidate},
    Spelling{QLatin1StringView("c"), KeyByte::Candidate},
};
constexpr std::array PostSpellings{
    Spelling{QLatin1StringView("post"), KeyByte::Post},
    Spelling{QLatin1StringView("rev"), KeyByte::Post},
    Spelling{QLatin1StringView("r"), KeyByte::Post},
};
constexpr std::array DevSpellings{Spelling{QLatin1StringView("dev"), KeyByte::BareDev}};

bool isSeparator(QChar c)
{
    return c == u'.' || c == u'-' || c == u'_';
}

struct Number
{
    QStringView digits; ///< without leading zeros
    quint64 value = 0;  ///< where there are no more digits than fit
};

/// A key that grows byte by byte.
class KeyBuilder
{
public:
    void append(unsigned char byte)
    {
        if (m_size < VersionKey::HeadSize)
            m_head |= quint64{byte} << (8 * (VersionKey::HeadSize - 1 - m_size));
        else
            m_tail += static_cast<char>(byte);
        ++m_size;
    }
    void append(const Number &number)
    {
        if (number.value < KeyByte::FirstOfTwoBytes && number.digits.size() <= KeyByte::MostDigitsOfWord)
            append(static_cast<unsigned char>(KeyByte::Zero + number.value));
        else
            appendLarge(number);
    }
    size_t size() const { return m_size; }
    VersionKey take() { return m_tail.empty() ? VersionKey(m_head) : VersionKey(m_head, std::move(m_tail)); }

private:
    void appendLarge(const Number &number);
    void appendBigEndian(quint64 value, int bytes)
    {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            append(static_cast<unsigned char>(value >> shift));
    }

    quint64 m_head = 0;
    size_t m_size = 0;
    std::string m_tail;
};

void KeyBuilder::appendLarge(const Number &number)
{
    if (number.digits.size() > KeyByte::MostDigitsOfWord) {
        append(KeyByte::LongNumber);
        appendBigEndian(static_cast<quint64>(number.digits.size()), 8);
        for (const QChar digit : number.digits)
            append(static_cast<unsigned char>(digit.unicode()));
    } else if (number.value < KeyByte::FirstOfManyBytes) {
        const quint64 above = number.value - KeyByte::FirstOfTwoBytes;
        append(static_cast<unsigned char>(KeyByte::TwoBytes + (above >> 8)));
        append(static_cast<unsigned char>(above));
    } else {
        const int bytes = (static_cast<int>(std::bit_width(number.value)) + 7) / 8;
        append(static_cast<unsigned char>(KeyByte::ManyBytes + bytes));
        appendBigEndian(number.value, bytes);
    }
}

/// Reads one version and builds its key on the way.
class VersionScanner
{
public:
    explicit VersionScanner(TextCursor &cursor)
        : m_cursor(cursor)
    {
    }

    std::optional<VersionScan> scan();

private:
    bool scanRelease();
    void appendComponent(const Number &number);
    void scanSuffixes();
    bool scanPost();
    bool scanDev(unsigned char mark);
    void scanLocal();
    void appendLocalPart(QStringView part);
    template<size_t Count>
    std::optional<unsigned char> skipWord(const std::array<Spelling, Count> &spellings);
    Number scanNumber();
    Number scanNumberOfWord();

    TextCursor &m_cursor;
    KeyBuilder m_key;
    Version::Form m_form{.trailingZeros = 0};
    qsizetype m_components = 0;
};

Number VersionScanner::scanNumber()
{
    while (m_cursor.peek() == u'0' && isDigit(m_cursor.peek(1)))
        m_cursor.advance();
    quint64 value = 0;
    const QStringView digits = m_cursor.skipWhile([&value](QChar c) {
        value = isDigit(c) ? value * 10 + (c.unicode() - u'0') : value;
        return isDigit(c);
    });
    return Number{digits, value};
}

Number VersionScanner::scanNumberOfWord()
{
    // A separator belongs to the word before it even where no number follows: `1.0a.` is a spelling of 1.0a0.
    if (isSeparator(m_cursor.peek()))
        m_cursor.advance();
    return scanNumber();
}

template<size_t Count>
std::optional<unsigned char> VersionScanner::skipWord(const std::array<Spelling, Count> &spellings)
{
    const qsizetype separator = isSeparator(m_cursor.peek()) ? 1 : 0;
    if (!isLetter(m_cursor.peek(separator)))
        return {};
    for (const Spelling &spelling : spellings) {
        bool matches = true;
        for (qsizetype i = 0; matches && i < spelling.word.size(); ++i)
            matches = toLower(m_cursor.peek(separator + i)) == spelling.word[i];
        if (!matches)
            continue;
        m_cursor.advance(separator + spelling.word.size());
        return spelling.suffix;
    }
    return {};
}

void VersionScanner::appendComponent(const Number &number)
{
    ++m_components;
    if (number.value == 0 && number.digits.size() == 1) {
        ++m_form.trailingZeros;
        return;
    }
    for (; m_form.trailingZeros > 0; --m_form.trailingZeros)
        m_key.append(KeyByte::Zero);
    m_key.append(number);
}

bool VersionScanner::scanRelease()
{
    if (toLower(m_cursor.peek()) == u'v' && isDigit(m_cursor.peek(1)))
        m_cursor.advance();
    Number first = scanNumber();
    if (first.digits.isEmpty())
        return false;
    if (m_cursor.peek() == u'!') {
        m_cursor.advance();
        const Number epoch = std::exchange(first, scanNumber());
        if (first.digits.isEmpty())
            return false;
        if (epoch.digits != u"0") {
            m_key.append(KeyByte::EpochMark);
            m_key.append(epoch);
        }
    }
    appendComponent(first);
    while (m_cursor.peek() == u'.' && isDigit(m_cursor.peek(1))) {
        m_cursor.advance();
        appendComponent(scanNumber());
    }
    return true;
}

bool VersionScanner::scanPost()
{
    Number number;
    if (m_cursor.peek() == u'-' && isDigit(m_cursor.peek(1))) {
        m_cursor.advance();
        number = scanNumber();
    } else if (skipWord(PostSpellings)) {
        number = scanNumberOfWord();
    } else {
        return false;
    }
    m_form.isPostrelease = true;
    m_key.append(m_form.isPrerelease ? KeyByte::ExtensionPost : KeyByte::Post);
    m_key.append(number);
    return true;
}

bool VersionScanner::scanDev(unsigned char mark)
{
    if (!skipWord(DevSpellings))
        return false;
    m_form.isPrerelease = true;
    m_form.isDevrelease = true;
    m_key.append(mark);
    m_key.append(scanNumberOfWord());
    return true;
}

void VersionScanner::scanSuffixes()
{
    if (const auto pre = skipWord(PreSpellings)) {
        m_form.isPrerelease = true;
        m_key.append(*pre);
        m_key.append(scanNumberOfWord());
    }
    const bool isExtended = scanPost() || m_form.isPrerelease;
    if (!scanDev(isExtended ? KeyByte::ExtensionDev : KeyByte::BareDev))
        m_key.append(isExtended ? KeyByte::ExtensionNone : KeyByte::Final);
}

void VersionScanner::scanLocal()
{
    if (m_cursor.peek() != u'+' || !isLetterOrDigit(m_cursor.peek(1)))
        return;
    m_form.hasLocal = true;
    do {
        m_cursor.advance();
        appendLocalPart(m_cursor.skipWhile(isLetterOrDigit));
    } while (isSeparator(m_cursor.peek()) && isLetterOrDigit(m_cursor.peek(1)));
}

void VersionScanner::appendLocalPart(QStringView part)
{
    if (std::all_of(part.begin(), part.end(), isDigit)) {
        TextCursor digits(part);
        m_key.append(KeyByte::LocalNumber);
        m_key.append(VersionScanner(digits).scanNumber());
        return;
    }
    m_key.append(KeyByte::LocalWord);
    for (const QChar c : part)
        m_key.append(static_cast<unsigned char>(toLower(c).unicode()));
    m_key.append(0);
}

std::optional<VersionScan> VersionScanner::scan()
{
    if (!scanRelease())
        return {};
    const size_t releaseKeySize = m_key.size();
    if (m_cursor.atEnd()) {
        m_key.append(KeyByte::Final);
    } else {
        scanSuffixes();
        scanLocal();
    }
    const size_t keySize = m_key.size();
    m_form.key = m_key.take();
    return VersionScan{Version(m_form), m_components, releaseKeySize, keySize};
}

} // namespace

std::optional<VersionScan> scanVersion(TextCursor &cursor)
{
    return VersionScanner(cursor).scan();
}

} // namespace Axle::Internal
