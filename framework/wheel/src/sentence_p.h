#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

#include <concepts>

namespace Axle::Internal {

/// Text from outside for a message: control and format characters become `\u{…}`, long text is shortened.
QString printable(QStringView text);
/// The same of bytes that may be no UTF-8: these become `\xNN`.
QString printable(QByteArrayView bytes);

QString hex(std::unsigned_integral auto value, int digits)
{
    return QString::number(value, 16).rightJustified(digits, u'0');
}

/// A file mode, as `0100644`.
inline QString octal(std::uint32_t mode)
{
    return QString::number(mode, 8).rightJustified(7, u'0');
}

inline QString worded(const QString &text)
{
    return text;
}

inline QString worded(QLatin1StringView text)
{
    return text;
}

QString worded(std::integral auto number)
{
    return QString::number(number);
}

/// `pattern` with `%1`, `%2`… replaced in one pass, so that a `%1` within a name from outside stays what it is.
template<class... Arguments>
QString sentence(const char *pattern, const Arguments &...arguments)
{
    return QString::fromUtf8(pattern).arg(worded(arguments)...);
}

} // namespace Axle::Internal
