#include "command.h"
#include "input.h"
#include "output.h"

#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>

namespace Axle::Command {

namespace {

Result<qsizetype> verifiedMembers(const QString &path)
{
    const auto wheel = Input::openWheel(path);
    if (!wheel)
        return wheel.error();
    if (const auto verified = wheel->verify(); !verified)
        return verified.error();
    return wheel->archive().members().size();
}

} // namespace

int verify(const QString &path, Format format)
{
    const auto members = verifiedMembers(path);
    const bool isUnreadable = !members && Input::isUnreadable(members.error());
    if (format == Format::Json) {
        QJsonObject document{{QStringLiteral("file"), QFileInfo(path).fileName()}, {QStringLiteral("path"), path},
            {QStringLiteral("ok"), members.has_value()}};
        if (members)
            document[QStringLiteral("members")] = *members;
        // What could not be read was not judged: an error of the call, and no finding.
        else if (isUnreadable)
            document[QStringLiteral("error")] = members.error().toJson();
        document[QStringLiteral("findings")] =
            members || isUnreadable ? QJsonArray() : QJsonArray{members.error().toJson()};
        Output::printJson(document);
    } else if (members) {
        Output::printLine(
            QStringLiteral("%1: %2 members, each as RECORD says").arg(QFileInfo(path).fileName()).arg(*members));
    } else {
        Output::printError(members.error());
    }
    if (isUnreadable)
        return Unreadable;
    return members ? Answered : Negative;
}

} // namespace Axle::Command
