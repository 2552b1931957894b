#pragma once

#include <axle/core/errorcode.h>
#include <axle/core/export.h>
#include <axle/core/sourcespan.h>

#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QSharedDataPointer>
#include <QtCore/QString>

class QDebug;
class QJsonObject;

namespace Axle {

struct ErrorData;

/// One failure: what was found and expected, whose fault it is, and what to do about it.
///
/// A regular, implicitly shared value. The default-constructed one is null: no failure.
/// Wording: lower-case start, no full stop, names in '…', found *and* expected. Thread-safe as values are.
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
    QString message() const;
    /// What the reader can do; may be empty.
    QString hint() const;
    /// Longer text kept out of the message: a Python traceback, a derivation. May be empty, has several lines.
    QString details() const;
    SourceSpan span() const;
    QList<Error> causes() const;

    Error &withHint(const QString &hint) &;
    Error &withDetails(const QString &details) &;
    Error &withSpan(const SourceSpan &span) &;
    Error &withCause(const Error &cause) &;
    Error &&withHint(const QString &hint) && { return std::move(withHint(hint)); }
    Error &&withDetails(const QString &details) && { return std::move(withDetails(details)); }
    Error &&withSpan(const SourceSpan &span) && { return std::move(withSpan(span)); }
    Error &&withCause(const Error &cause) && { return std::move(withCause(cause)); }

    /// Plain text for logs and terminals: message, caret, details, causes (indented), hint; one fact a line.
    QString toString() const;
    /// `{"code", "message"}` and, where they are not empty, `hint`, `details`, `span`, `causes`.
    QJsonObject toJson() const;

    AXLE_EXPORT friend bool operator==(const Error &, const Error &);
    AXLE_EXPORT friend QDebug operator<<(QDebug debug, const Error &error);

private:
    QSharedDataPointer<ErrorData> d;
};

} // namespace Axle

Q_DECLARE_METATYPE(Axle::Error)
