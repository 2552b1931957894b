#include "textcursor_p.h"
#include "version_p.h"

#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <array>
#include <utility>

namespace Axle::Internal {

namespace {

// The bytes of the key. Within each part the smaller byte sorts first.
constexpr char EndOfRelease = 0x00;
constexpr char Zero = 0x01;       // a number: 1 + count of its bytes, then the bytes, most significant first
constexpr char LongNumber = 0x10; // a number above 19 digits: count of digits in 8 bytes, then the digits
constexpr qsizetype MostDigitsOfWord = 19;
constexpr char PreOfBareDev = 0x00; // 1.0.dev1 comes before 1.0a1
constexpr char PreAlpha = 0x01;
constexpr char PreBeta = 0x02;
constexpr char PreCandidate = 0x03;
constexpr char PreAbsent = 0x04;
constexpr char PostAbsent = 0x00;
constexpr char PostPresent = 0x01;
constexpr char DevPresent = 0x00;
constexpr char DevAbsent = 0x01;
constexpr char EndOfLocal = 0x00;
constexpr char LocalWord = 0x01; // sorts before any number; its text ends with a null byte
constexpr char LocalNumber = 0x02;

struct Spelling
{
    QLatin1StringView word;
    QLatin1StringView normalized;
};

// Longer spellings before their own beginnings.
constexpr std::array PreSpellings{
    Spelling{QLatin1StringView("alpha"), QLatin1StringView("a")},
    Spelling{QLatin1StringView("a"), QLatin1StringView("a")},
    Spelling{QLatin1StringView("beta"), QLatin1StringView("b")},
    Spelling{QLatin1StringView("b"), QLatin1StringView("b")},
    Spelling{QLatin1StringView("preview"), QLatin1StringView("rc")},
    Spelling{QLatin1StringView("pre"), QLatin1StringView("rc")},
    Spelling{QLatin1StringView("rc"), QLatin1StringView("rc")},
    Spelling{QLatin1StringView("c"), QLatin1StringView("rc")},
};
constexpr std::array PostSpellings{
    Spelling{QLatin1StringView("post"), QLatin1StringView("post")},
    Spelling{QLatin1StringView("rev"), QLatin1StringView("post")},
    Spelling{QLatin1StringView("r"), QLatin1StringView("post")},
};
constexpr std::array DevSpellings{Spelling{QLatin1StringView("dev"), QLatin1StringView("dev")}};

bool isSeparator(QChar c)
{
    return c == u'.' || c == u'-' || c == u'_';
}

void appendBigEndian(std::string &key, quint64 value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        key += static_cast<char>((value >> shift) & 0xff);
}

/// `digits` has no leading zeros.
void appendNumber(std::string &key, QStringView digits)
{
    if (digits.size() > MostDigitsOfWord) {
        key += LongNumber;
        appendBigEndian(key, static_cast<quint64>(digits.size()), 8);
        for (const QChar digit : digits)
            key += static_cast<char>(digit.unicode());
        return;
    }
    quint64 value = 0;
    for (const QChar digit : digits)
        value = value * 10 + (digit.unicode() - u'0');
    int bytes = 0;
    while (bytes < 8 && (value >> (8 * bytes)) != 0)
        ++bytes;
    key += static_cast<char>(Zero + bytes);
    appendBigEndian(key, value, bytes);
}

/// The size of the number at `position` of a key.
size_t numberSize(std::string_view key, size_t position)
{
    const char mark = key[position];
    if (mark != LongNumber)
        return static_cast<size_t>(mark);
    quint64 digits = 0;
    for (size_t i = 1; i <= 8; ++i)
        digits = (digits << 8) | static_cast<unsigned char>(key[position + i]);
    return 9 + digits;
}

/// Reads one version and builds text and key on the way.
class VersionScanner
{
public:
    explicit VersionScanner(TextCursor &cursor)
        : m_cursor(cursor)
        , m_data(new VersionData)
    {
    }

    std::optional<VersionScan> scan();

private:
    bool scanRelease();
    void appendComponent(QStringView digits);
    void scanPre();
    void scanPost();
    void scanDev();
    void scanLocal();
    void appendLocalPart(QStringView part);
    template<size_t Count>
    std::optional<QLatin1StringView> skipWord(const std::array<Spelling, Count> &spellings);
    QStringView scanNumber();
    QStringView scanNumberOfWord();
    void appendText(QLatin1StringView text);
    void appendText(QStringView text) { m_text.append(text.utf16(), text.size()); }
    void appendKeyOfSuffixes();

    TextCursor &m_cursor;
    QExplicitlySharedDataPointer<VersionData> m_data;
    QVarLengthArray<char16_t, 64> m_text;
    std::string m_releasePrefix;
    qsizetype m_components = 0;
    char m_pre = PreAbsent;
    std::optional<QStringView> m_preNumber;
    std::optional<QStringView> m_postNumber;
    std::optional<QStringView> m_devNumber;
};

QStringView VersionScanner::scanNumber()
{
    QStringView digits = m_cursor.skipWhile(isDigit);
    while (digits.size() > 1 && digits.front() == u'0')
        digits = digits.sliced(1);
    return digits;
}

QStringView VersionScanner::scanNumberOfWord()
{
    // A separator belongs to the word before it even where no number follows: `1.0a.` is a spelling of 1.0a0.
    if (isSeparator(m_cursor.peek()))
        m_cursor.advance();
    const QStringView digits = scanNumber();
    return digits.isEmpty() ? QStringView(u"0") : digits;
}

void VersionScanner::appendText(QLatin1StringView text)
{
    for (const char c : text)
        m_text.append(static_cast<char16_t>(c));
}

template<size_t Count>
std::optional<QLatin1StringView> VersionScanner::skipWord(const std::array<Spelling, Count> &spellings)
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
        return spelling.normalized;
    }
    return {};
}

void VersionScanner::appendComponent(QStringView digits)
{
    appendNumber(m_releasePrefix, digits);
    appendText(digits);
}

bool VersionScanner::scanRelease()
{
    if (toLower(m_cursor.peek()) == u'v' && isDigit(m_cursor.peek(1)))
        m_cursor.advance();
    QStringView first = scanNumber();
    if (first.isEmpty())
        return false;
    QStringView epoch = u"0";
    if (m_cursor.peek() == u'!') {
        m_cursor.advance();
        epoch = std::exchange(first, scanNumber());
        if (first.isEmpty())
            return false;
    }
    if (epoch != u"0") {
        appendText(epoch);
        m_text.append(u'!');
    }
    appendNumber(m_releasePrefix, epoch);
    appendComponent(first);
    m_components = 1;
    while (m_cursor.peek() == u'.' && isDigit(m_cursor.peek(1))) {
        m_cursor.advance();
        m_text.append(u'.');
        appendComponent(scanNumber());
        ++m_components;
    }
    m_data->releaseTextEnd = m_text.size();
    return true;
}

void VersionScanner::scanPre()
{
    const auto word = skipWord(PreSpellings);
    if (!word)
        return;
    m_pre = *word == QLatin1StringView("a") ? PreAlpha : *word == QLatin1StringView("b") ? PreBeta : PreCandidate;
    m_preNumber = scanNumberOfWord();
    appendText(*word);
    appendText(*m_preNumber);
    m_data->isPrerelease = true;
}

void VersionScanner::scanPost()
{
    if (m_cursor.peek() == u'-' && isDigit(m_cursor.peek(1))) {
        m_cursor.advance();
        m_postNumber = scanNumber();
    } else if (skipWord(PostSpellings)) {
        m_postNumber = scanNumberOfWord();
    } else {
        return;
    }
    appendText(QLatin1StringView(".post"));
    appendText(*m_postNumber);
    m_data->isPostrelease = true;
}

void VersionScanner::scanDev()
{
    if (!skipWord(DevSpellings))
        return;
    m_devNumber = scanNumberOfWord();
    appendText(QLatin1StringView(".dev"));
    appendText(*m_devNumber);
    m_data->isPrerelease = true;
    m_data->isDevrelease = true;
}

void VersionScanner::appendKeyOfSuffixes()
{
    std::string &key = m_data->key;
    key += !m_preNumber && !m_postNumber && m_devNumber ? PreOfBareDev : m_pre;
    if (m_preNumber)
        appendNumber(key, *m_preNumber);
    key += m_postNumber ? PostPresent : PostAbsent;
    if (m_postNumber)
        appendNumber(key, *m_postNumber);
    key += m_devNumber ? DevPresent : DevAbsent;
    if (m_devNumber)
        appendNumber(key, *m_devNumber);
}

void VersionScanner::scanLocal()
{
    std::string &key = m_data->key;
    if (m_cursor.peek() == u'+' && isLetterOrDigit(m_cursor.peek(1))) {
        m_text.append(u'+');
        do {
            m_cursor.advance();
            const QStringView part = m_cursor.skipWhile(isLetterOrDigit);
            if (m_text.size() > m_data->publicTextEnd + 1)
                m_text.append(u'.');
            appendLocalPart(part);
        } while (isSeparator(m_cursor.peek()) && isLetterOrDigit(m_cursor.peek(1)));
    }
    key += EndOfLocal;
}

void VersionScanner::appendLocalPart(QStringView part)
{
    std::string &key = m_data->key;
    if (std::all_of(part.begin(), part.end(), isDigit)) {
        while (part.size() > 1 && part.front() == u'0')
            part = part.sliced(1);
        key += LocalNumber;
        appendNumber(key, part);
        appendText(part);
        return;
    }
    key += LocalWord;
    for (const QChar c : part) {
        const QChar lower = toLower(c);
        key += static_cast<char>(lower.unicode());
        m_text.append(lower.unicode());
    }
    key += '\0';
}

std::optional<VersionScan> VersionScanner::scan()
{
    if (!scanRelease())
        return {};
    size_t significant = 0;
    for (size_t position = 0; position < m_releasePrefix.size();) {
        const bool isEpoch = position == 0;
        const size_t next = position + numberSize(m_releasePrefix, position);
        if (isEpoch || m_releasePrefix[position] != Zero)
            significant = next;
        position = next;
    }
    std::string &key = m_data->key;
    key.assign(m_releasePrefix, 0, significant);
    key += EndOfRelease;
    m_data->releaseKeyEnd = key.size();
    scanPre();
    scanPost();
    scanDev();
    m_data->publicTextEnd = m_text.size();
    appendKeyOfSuffixes();
    m_data->publicKeyEnd = key.size();
    scanLocal();
    m_data->text = QString(reinterpret_cast<const QChar *>(m_text.constData()), m_text.size());
    return VersionScan{VersionData::toVersion(m_data.data()), m_components, std::move(m_releasePrefix)};
}

} // namespace

std::optional<VersionScan> scanVersion(TextCursor &cursor)
{
    return VersionScanner(cursor).scan();
}

std::string_view releasePrefixOf(std::string_view releasePrefix, qsizetype count)
{
    size_t end = numberSize(releasePrefix, 0);
    for (qsizetype i = 0; i < count; ++i)
        end += numberSize(releasePrefix, end);
    return releasePrefix.substr(0, end);
}

bool startsWithRelease(std::string_view key, std::string_view prefix)
{
    for (size_t position = 0; position < prefix.size();) {
        if (key[position] == EndOfRelease) {
            const std::string_view rest = prefix.substr(position);
            return std::all_of(rest.begin(), rest.end(), [](char c) { return c == Zero; });
        }
        const size_t size = numberSize(prefix, position);
        if (key.compare(position, size, prefix, position, size) != 0)
            return false;
        position += size;
    }
    return true;
}

} // namespace Axle::Internal
