#include <axle/core/sourcespan.h>

namespace Axle {

QString SourceSpan::caret() const
{
    const QString indent(4, u' ');
    QString marker(begin, u' ');
    marker += u'^';
    if (end > begin + 1)
        marker += QString(end - begin - 1, u'~');
    return indent + text + u'\n' + indent + marker;
}

} // namespace Axle
