#include "command.h"
#include "input.h"
#include "output.h"

#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>

#include <algorithm>

namespace Axle::Command {

namespace {

/// What is known of one wheel.
struct Verified
{
    QString path;
    Error unreadable; ///< not null: the file was not judged at all
    QList<Finding> findings;

    QString fileName() const { return QFileInfo(path).fileName(); }
    bool isRefused() const
    {
        return std::any_of(findings.begin(), findings.end(),
            [](const Finding &finding) { return finding.severity != Finding::Severity::Warning; });
    }
    ExitCode exitCode() const { return !unreadable.isNull() ? Unreadable : isRefused() ? Negative : Answered; }
};

Verified judge(const QString &path)
{
    Verified verified{path, {}, Wheel::verify(path)};
    // What could not be read was not judged: an error of the call, and no finding.
    const auto found = std::find_if(verified.findings.begin(), verified.findings.end(),
        [](const Finding &finding) { return Input::isUnreadable(finding.error); });
    if (found != verified.findings.end()) {
        verified.unreadable = found->error;
        verified.findings.clear();
    }
    return verified;
}

QJsonObject toJson(const Verified &verified)
{
    QJsonObject object{{QStringLiteral("file"), verified.fileName()}, {QStringLiteral("path"), verified.path},
        {QStringLiteral("ok"), verified.exitCode() == Answered}};
    if (!verified.unreadable.isNull())
        object[QStringLiteral("error")] = verified.unreadable.toJson();
    QJsonArray findings;
    for (const Finding &finding : verified.findings)
        findings.append(finding.toJson());
    object[QStringLiteral("findings")] = findings;
    return object;
}

void print(const Finding &finding)
{
    Output::printLine(QStringLiteral("  %1  %2").arg(toString(finding.severity), QString(finding.error.code().name())));
    Output::printLine(Output::indented(finding.error.toString(), 4));
}

void print(const Verified &verified)
{
    if (!verified.unreadable.isNull()) {
        Output::printError(verified.unreadable);
        return;
    }
    const QString verdict = verified.isRefused() ? QStringLiteral("refused")
        : verified.findings.isEmpty()            ? QStringLiteral("good: each file is as RECORD says")
                                                 : QStringLiteral("usable, with warnings");
    Output::printLine(verified.fileName() + QStringLiteral(": ") + verdict);
    for (const Finding &finding : verified.findings)
        print(finding);
}

} // namespace

int verify(const QStringList &paths, Format format)
{
    QJsonArray files;
    int exitCode = Answered;
    for (const QString &path : paths) {
        const Verified verified = judge(path);
        exitCode = std::max(exitCode, int(verified.exitCode()));
        if (format == Format::Json)
            files.append(toJson(verified));
        else
            print(verified);
    }
    if (format == Format::Json)
        Output::printJson({{QStringLiteral("files"), files}});
    return exitCode;
}

} // namespace Axle::Command
