#include "nativerules_p.h"

#include "sentence_p.h"

#include <axle/packaging/targetpython.h>
#include <axle/wheel/codes.h>
#include <axle/wheel/sharedobject.h>

#include <algorithm>
#include <elf.h>

namespace Axle::Internal {

namespace {

using Severity = Finding::Severity;

constexpr int HostMachine =
#if defined(__x86_64__)
    EM_X86_64;
#elif defined(__aarch64__)
    EM_AARCH64;
#else
    EM_NONE;
#endif

/// What works, but weakens the process: found and expected.
QStringList weaknesses(const SharedObject &object)
{
    QStringList found;
    if (object.hasWritableCode)
        found += QStringLiteral("code that can be written to, expected code that can not");
    if (object.hasExecutableStack)
        found += QStringLiteral("an executable stack, expected none");
    for (const QString &path : object.runPaths) {
        if (!path.startsWith(u"$ORIGIN") && !path.startsWith(u"${ORIGIN}"))
            found += sentence("libraries are looked for in '%1', expected '$ORIGIN/…'", printable(path));
    }
    return found;
}

} // namespace

NativeRules::NativeRules()
    : m_suffixes(TargetPython::current().extensionSuffixes())
{
}

std::optional<NativeRules::ExtensionModule> NativeRules::extensionModule(const QString &member) const
{
    const auto suffix = std::find_if(
        m_suffixes.begin(), m_suffixes.end(), [&](const QString &candidate) { return member.endsWith(candidate); });
    if (suffix == m_suffixes.end())
        return std::nullopt;
    const QString path = member.chopped(suffix->size());
    QString name = path.section(u'/', -1);
    if (name == u"__init__")
        name = path.section(u'/', -2, -2);
    return ExtensionModule{name, *suffix != m_suffixes.last()};
}

void NativeRules::judge(const QString &member, QByteArrayView data, Findings &findings) const
{
    const auto module = extensionModule(member);
    if (!module)
        return;
    const ErrorPlace place{printable(member)};
    const auto object = SharedObject::parse(data);
    if (!object) {
        findings.add(module->isForThisPython ? Severity::Fatal : Severity::Warning,
            Error(object.error()).withPlace({place.member, object.error().place().offset}));
        return;
    }
    if (HostMachine != EM_NONE && object->machine != HostMachine) {
        findings.add(module->isForThisPython ? Severity::Fatal : Severity::Warning,
            Error(Codes::ElfMachine,
                sentence("native code for the machine %1, expected %2", object->machine, HostMachine),
                QStringLiteral("get the wheel that was built for this machine"))
                .withPlace(place));
    }
    if (module->isForThisPython && !object->moduleNames.contains(module->name)) {
        findings.add(Severity::Warning,
            Error(Codes::ElfNoInit,
                sentence("no function PyInit_%1, expected an extension module to have it", module->name),
                QStringLiteral("importing it fails; the author should look at the name of the module"))
                .withPlace(place));
    }
    for (const QString &weakness : weaknesses(*object)) {
        findings.add(Severity::Warning,
            Error(Codes::ElfUnsafe, weakness,
                QStringLiteral("the author should link it without; it weakens the process that loads it"))
                .withPlace(place));
    }
}

} // namespace Axle::Internal
