#include "datarules_p.h"

#include "nativerules_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QStringBuilder>

namespace Axle::Internal {

namespace {

Result<QByteArray> readListed(const Wheel &wheel, const ArchiveMember &member)
{
    const QString name = member.name();
    return wheel.record().find(name) ? wheel.read(name) : wheel.archive().read(member);
}

} // namespace

bool isUnlisted(const Wheel &wheel, const QString &member)
{
    const QString record = wheel.distInfo() % u"/RECORD";
    return member == record || member == record % u".jws" || member == record % u".p7s";
}

void judgeListing(const Wheel &wheel, Findings &findings)
{
    for (const ArchiveMember &member : wheel.archive().members()) {
        if (member.isFolder())
            continue;
        if (const QString name = member.name(); !isUnlisted(wheel, name) && !wheel.record().find(name))
            findings.add(wheel.record().check(name, {}));
        if (findings.isEnough())
            return;
    }
    for (const RecordEntry &entry : wheel.record().entries()) {
        if (wheel.archive().find(entry.path))
            continue;
        findings.add(Finding::Severity::Fatal,
            Error(Codes::RecordGhost, QStringLiteral("listed in RECORD but not there, expected the wheel to have it"),
                QStringLiteral(
                    "the file was taken out of the wheel after it was built; get the wheel from its author again"))
                .withPlace({printable(entry.path)}));
        if (findings.isEnough())
            return;
    }
}

void judgeData(const Wheel &wheel, Findings &findings, const Wheel::Accept &accept)
{
    const NativeRules nativeRules;
    for (const ArchiveMember &member : wheel.archive().members()) {
        if (member.isFolder())
            continue;
        const auto data = findings.take(readListed(wheel, member));
        if (data)
            nativeRules.judge(member.name(), *data, findings);
        if (data && accept && !findings.isEnough())
            findings.add(accept(member, *data));
        if (findings.isEnough())
            return;
    }
}

} // namespace Axle::Internal
