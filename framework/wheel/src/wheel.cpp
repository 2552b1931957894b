#include <axle/wheel/wheel.h>

#include "contentrules_p.h"
#include "datarules_p.h"
#include "sentence_p.h"
#include "toplevel_p.h"
#include "wheelreader_p.h"

#include <axle/core/codes.h>
#include <axle/wheel/codes.h>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <mutex>
#include <optional>

namespace Axle {

using Internal::Findings;
using Internal::printable;
using Internal::sentence;
using Internal::WheelReader;

/// The layout of a wheel and its copies.
class Internal::LaterLayout
{
public:
    const WheelLayout &of(const Wheel &wheel)
    {
        std::call_once(m_once, [&] { m_layout.emplace(wheel); });
        return *m_layout;
    }

private:
    std::once_flag m_once;
    std::optional<WheelLayout> m_layout;
};

Wheel::Wheel()
    : m_layout(std::make_shared<Internal::LaterLayout>())
{
}

const WheelLayout &Wheel::layout() const
{
    return m_layout->of(*this);
}

Result<Wheel> Wheel::open(const QString &path, Rules rules)
{
    const QString fileName = QFileInfo(QDir::cleanPath(path)).fileName();
    // The name is judged first: it costs no look at the file.
    if (const auto parsed = WheelFileName::parse(fileName); !parsed)
        return parsed.error();
    auto archive = WheelArchive::open(path, rules);
    if (!archive)
        return archive.error();
    return open(std::move(*archive), fileName);
}

Result<Wheel> Wheel::open(std::shared_ptr<const WheelArchive> archive, const QString &fileName)
{
    const auto parsedName = WheelFileName::parse(fileName);
    if (!parsedName)
        return parsedName.error();
    Findings findings(Findings::Wanted::FirstFault);
    WheelReader reader(std::move(archive), *parsedName, findings);
    reader.read();
    if (const auto fault = findings.fault())
        return *fault;
    return reader.wheel();
}

Result<WheelSummary> WheelSummary::open(std::shared_ptr<const WheelArchive> archive, const WheelFileName &fileName)
{
    Findings findings(Findings::Wanted::FirstFault);
    WheelReader reader(std::move(archive), fileName, findings);
    reader.read(WheelReader::Depth::Summary);
    if (const auto fault = findings.fault())
        return *fault;
    const Wheel &wheel = reader.wheel();
    return WheelSummary{wheel.metadata(), wheel.entryPoints(), Internal::topLevelNamesOf(wheel)};
}

QList<Finding> Wheel::verify(const QString &path)
{
    Findings findings(Findings::Wanted::All);
    const auto fileName = findings.take(WheelFileName::parse(QFileInfo(QDir::cleanPath(path)).fileName()));
    auto archive = WheelArchive::open(path, Rules::Tolerant);
    if (!archive) {
        findings.add(WheelArchive::examine(path, Rules::Tolerant));
        return findings.list();
    }
    findings.add((*archive)->findings());
    if (!fileName)
        return findings.list();
    WheelReader reader(std::move(*archive), *fileName, findings);
    reader.read();
    if (!reader.wheel().distInfo().isEmpty())
        Internal::judgeContents(reader.wheel(), findings);
    if (reader.hasRecord())
        Internal::judgeListing(reader.wheel(), findings);
    Internal::judgeData(reader.wheel(), findings);
    return findings.list();
}

Result<QByteArray> Wheel::read(const QString &member) const
{
    const ArchiveMember *found = m_archive->find(member);
    if (!found) {
        return Error(
            Axle::Codes::FileNotFound, sentence("there is no '%1' in '%2'", printable(member), m_fileName.text));
    }
    auto data = m_archive->read(*found);
    if (!data || found->isFolder() || Internal::isUnlisted(*this, member))
        return data;
    if (const auto checked = m_record.check(member, *data); !checked)
        return checked.error();
    return data;
}

Result<void> Wheel::readAll(const Accept &accept) const
{
    if (const auto known = m_info.checkFormat(); !known)
        return known.error();
    Findings findings(Findings::Wanted::FirstFault);
    Internal::judgeListing(*this, findings);
    if (!findings.isEnough())
        Internal::judgeData(*this, findings, accept);
    const auto fault = findings.fault();
    return fault ? Result<void>(*fault) : Result<void>();
}

QList<Finding> Wheel::policyFindings() const
{
    Findings findings(Findings::Wanted::All);
    Internal::judgePolicy(*this, findings);
    return findings.list();
}

} // namespace Axle
