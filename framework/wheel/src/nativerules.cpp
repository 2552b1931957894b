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

QString unsafeParts(const SharedObject &object)
{
    QStringList parts;
    if (object.hasWritableCode)
        parts += QStringLiteral("code that can be written to");
    if (object.hasExecutableStack)
        parts += QStringLiteral("an executable stack");
    const auto path = std::find_if(object.runPaths.begin(), object.runPaths.end(),
        [](const QString &folder) { return !folder.startsWith(u"$ORIGIN") && !folder.startsWith(u"${ORIGIN}"); });
    if (path != object.runPaths.end())
        parts += sentence("the library path '%1'", printable(*path));
    return parts.join(QStringLiteral(" and "));
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
    if (const QString parts = unsafeParts(*object); !parts.isEmpty()) {
        findings.add(Severity::Warning,
            Error(Codes::ElfUnsafe, sentence("%1, expected neither", parts),
                QStringLiteral("the author should link it without; it weakens the process that loads it"))
                .withPlace(place));
    }
}

} // namespace Axle::Internal
