#include <axle/core/sourcespan.h>

namespace Axle {

namespace {

/// One character for one, so that the marker stays where it belongs and nothing foreign reaches a terminal.
QString printable(QString text)
{
    for (QChar &character : text) {
        if (!character.isPrint() && !character.isSurrogate())
            character = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace

QString SourceSpan::caret() const
{
    const QString indent(4, u' ');
    QString marker(begin, u' ');
    marker += u'^';
    if (end > begin + 1)
        marker += QString(end - begin - 1, u'~');
    return indent + printable(text) + u'\n' + indent + marker;
}

} // namespace Axle
