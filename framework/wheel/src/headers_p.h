#pragma once

#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

namespace Axle::Internal {

struct Header
{
    QString name;
    QString value; ///< continuation lines keep their indentation, `\n` between them
    int line = 0;

    bool is(QLatin1StringView other) const { return name.compare(other, Qt::CaseInsensitive) == 0; }
    /// The value on one line.
    QString unfolded() const { return value.simplified(); }
};

struct HeaderText
{
    QList<Header> headers;
    QString body; ///< what follows the first empty line
};

/// The format of METADATA and WHEEL: `Name: value` lines in UTF-8, folded ones indented, then perhaps a body. `source` is
/// the file's name and `invalid` the code, for errors.
Result<HeaderText> parseHeaders(const QByteArray &text, QLatin1StringView source, ErrorCode invalid);

/// An error in the value of a header, with its line.
Error headerError(ErrorCode code, QLatin1StringView source, const Header &header, const QString &what);
/// `error`, which is about the value of `header`, with the header's line as its span.
Error inHeader(const Error &error, QLatin1StringView source, const Header &header);

} // namespace Axle::Internal
