#include "specifiervalue_p.h"

#include "packagingerrors_p.h"
#include "text_p.h"
#include "versionobject_p.h"

#include <QtCore/QStringBuilder>

namespace Axle::Internal {

namespace {

QStringView operatorOf(QStringView clause)
{
    if (clause.startsWith(u"==="))
        return clause.first(3);
    return clause.first(clause.size() > 1 && clause[1] == u'=' ? 2 : 1);
}

} // namespace

Candidate::Candidate(PyObject *item)
    : m_item(item)
    , m_version(coerceVersion(item, m_storage))
{
}

bool Candidate::isWrittenAs(QStringView text) const
{
    const py::str written{py::handle(m_item)};
    return Text(written.ptr()).view().compare(text, Qt::CaseInsensitive) == 0;
}

std::optional<SpecifierValue> SpecifierValue::parse(QStringView text)
{
    const QStringView clause = stripped(text);
    if (clause.contains(u','))
        return {};
    auto set = SpecifierSet::parse(clause);
    if (!set || set->isEmpty())
        return {};
    const QStringView op = operatorOf(clause);
    const QStringView version = stripped(clause.sliced(op.size()));
    return SpecifierValue{.clause = *std::move(set), .text = op % version, .prereleases = {}};
}

SpecifierValue SpecifierValue::parseOrThrow(QStringView text)
{
    if (auto value = parse(text))
        return *std::move(value);
    throwPython(packagingErrors().invalidSpecifier, "Invalid specifier: %R", toStr(text).ptr());
}

QStringView SpecifierValue::operatorText() const
{
    return operatorOf(text);
}

QStringView SpecifierValue::version() const
{
    return QStringView(text).sliced(operatorText().size());
}

std::optional<bool> SpecifierValue::allowsPrereleases() const
{
    if (prereleases)
        return prereleases;
    if (isArbitrary() && !Version::parse(version()))
        return {};
    return clause.namesPrerelease();
}

bool SpecifierValue::admits(const Candidate &candidate) const
{
    if (isArbitrary())
        return candidate.isWrittenAs(version());
    return candidate.version() && clause.contains(*candidate.version(), Prereleases::Allow);
}

size_t SpecifierValue::hash() const
{
    const QStringView op = operatorText();
    const QStringView written = version();
    if (isArbitrary())
        return qHash(text);
    const auto named = Version::parse(written.endsWith(u".*") ? written.chopped(2) : written);
    // Where trailing zeros make a difference, the text counts.
    if (op == u"~=" || written.endsWith(u".*"))
        return qHashMulti(0, op, named->toString());
    return qHashMulti(0, op, *named);
}

} // namespace Axle::Internal
