#pragma once

#include <axle/core/errorcode.h>
#include <axle/core/export.h>
#include <axle/core/sourcespan.h>

#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QSharedDataPointer>
#include <QtCore/QString>

#include <cstdint>

class QDebug;
class QJsonObject;

namespace Axle {

struct ErrorData;

/// Where in a file something is wrong; a part that is not known is empty or negative.
struct AXLE_EXPORT ErrorPlace
{
    QString member;           ///< of an archive or a folder; printable
    std::int64_t offset = -1; ///< in bytes, from the beginning of the file

    bool isEmpty() const { return member.isEmpty() && offset < 0; }
    QString toString() const; ///< `'demo/x.py' at offset 120`
    friend bool operator==(const ErrorPlace &, const ErrorPlace &) = default;
};

/// One failure: what was found and expected, whose fault it is, and what to do about it.
///
/// A regular, implicitly shared value. The default-constructed one is null: no failure.
/// Wording: lower-case start, no full stop, names in '…', found *and* expected: `3 members, expected 4`. Thread-safe as
/// values are.
class AXLE_EXPORT Error
{
public:
    Error();
    Error(ErrorCode code, const QString &message, const QString &hint = {});
    Error(const Error &);
    Error(Error &&) noexcept;
    Error &operator=(const Error &);
    Error &operator=(Error &&) noexcept;
    ~Error();

    bool isNull() const { return !d; }

    ErrorCode code() const;
    /// The place, where there is one, and what is wrong.
    QString message() const;
    /// The two halves of the message, without the place: what stands before and behind `, expected `. A message that
    /// does not say what was expected is all found.
    QString found() const;
    QString expected() const;
    /// What the reader can do; may be empty.
    QString hint() const;
    /// Longer text kept out of the message: a Python traceback, a derivation. May be empty, has several lines.
    QString details() const;
    SourceSpan span() const;
    ErrorPlace place() const;
    QList<Error> causes() const;

    Error &withHint(const QString &hint) &;
    Error &withDetails(const QString &details) &;
    Error &withSpan(const SourceSpan &span) &;
    Error &withPlace(const ErrorPlace &place) &;
    Error &withCause(const Error &cause) &;
    Error &&withHint(const QString &hint) && { return std::move(withHint(hint)); }
    Error &&withDetails(const QString &details) && { return std::move(withDetails(details)); }
    Error &&withSpan(const SourceSpan &span) && { return std::move(withSpan(span)); }
    Error &&withPlace(const ErrorPlace &place) && { return std::move(withPlace(place)); }
    Error &&withCause(const Error &cause) && { return std::move(withCause(cause)); }

    /// Plain text for logs and terminals: message, caret, details, causes (indented), hint; one fact a line.
    QString toString() const;
    /// `{"code", "message"}` and, where they are not empty, `member`, `offset`, `hint`, `details`, `span`, `causes`.
    QJsonObject toJson() const;

    AXLE_EXPORT friend bool operator==(const Error &, const Error &);
    AXLE_EXPORT friend QDebug operator<<(QDebug debug, const Error &error);

private:
    QSharedDataPointer<ErrorData> d;
};

} // namespace Axle

Q_DECLARE_METATYPE(Axle::Error)
