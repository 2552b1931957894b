#pragma once

#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>

namespace Axle::Internal {

/// A header within the text that was parsed: what nobody asks for is not decoded.
struct Header
{
    QByteArrayView name;
    QByteArrayView rawValue; ///< what follows the colon, to the end of the last line
    int line = 0;

    bool is(QByteArrayView other) const { return name.compare(other, Qt::CaseInsensitive) == 0; }
    /// Continuation lines keep their indentation, `\n` between them.
    QString value() const;
    /// The value on one line.
    QString unfolded() const { return QString::fromUtf8(rawValue).simplified(); }
};

struct HeaderText
{
    QList<Header> headers;
    QByteArrayView body; ///< what follows the first empty line
};

/// The format of METADATA and WHEEL: `Name: value` lines in UTF-8, folded ones indented, then perhaps a body. `source` is
/// the file's name and `invalid` the code, for errors. `text` must outlive the result.
Result<HeaderText> parseHeaders(const QByteArray &text, QLatin1StringView source, ErrorCode invalid);

/// Whether this is a number of a format's version, as `1.0`: two of one to three digits.
bool isFormatNumber(QStringView text);

/// An error in the value of a header, with its line.
Error headerError(ErrorCode code, QLatin1StringView source, const Header &header, const QString &what);
/// `error`, which is about the value of `header`, with the header's line as its span.
Error inHeader(const Error &error, QLatin1StringView source, const Header &header);

} // namespace Axle::Internal
