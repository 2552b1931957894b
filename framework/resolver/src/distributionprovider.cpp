#include <axle/resolver/distributionprovider.h>

#include <axle/resolver/codes.h>

#include <algorithm>

namespace Axle {

namespace {

bool isAsciiWord(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') || u == u'.';
}

template<class IsKept>
QString withRunsReplaced(QStringView text, QChar replacement, IsKept isKept)
{
    QString result;
    bool isInRun = false;
    for (const QChar c : text) {
        if (isKept(c))
            result += c;
        else if (!isInRun)
            result += replacement;
        isInRun = !isKept(c);
    }
    return result;
}

Error unknownExtra(const Distribution &distribution, const QString &extra)
{
    const QString known = distribution.providesExtra.join(QStringLiteral("', '"));
    return Error(Codes::ResolveExtra,
        QStringLiteral("'%1' has no extra '%2', expected %3")
            .arg(distribution.toString(), extra,
                known.isEmpty() ? QStringLiteral("none") : QStringLiteral("one of '%1'").arg(known)));
}

class KnownDistribution final : public DistributionProvider
{
public:
    explicit KnownDistribution(const Distribution &distribution)
        : DistributionProvider(DistributionIdentity::of(distribution))
        , m_distribution(distribution)
    {
    }

    Result<QList<Requirement>> requirements(
        const QStringList &extras, const MarkerEnvironment &environment) const override
    {
        if (!m_distribution.unusable.isNull())
            return m_distribution.unusable;
        QList<Requirement> always = applying({}, environment);
        QList<Requirement> result = always;
        for (const QString &extra : extras) {
            const QString normalized = ProjectName::normalize(extra);
            if (!m_distribution.providesExtra.contains(normalized))
                return unknownExtra(m_distribution, extra);
            for (const Requirement &requirement : applying({normalized}, environment)) {
                if (!always.contains(requirement))
                    result.append(requirement);
            }
        }
        return result;
    }

    Result<QStringList> extras() const override { return m_distribution.providesExtra; }
    Result<QList<EntryPoint>> entryPoints() const override { return m_distribution.entryPoints; }
    Result<Distribution> distribution(const MarkerEnvironment &) const override { return m_distribution; }

private:
    QList<Requirement> applying(const QSet<QString> &extras, const MarkerEnvironment &environment) const
    {
        QList<Requirement> result;
        for (const Requirement &requirement : m_distribution.requiresDist) {
            if (requirement.marker.evaluate(environment, extras)
                && (!extras.isEmpty() || !result.contains(requirement)))
                result.append(requirement);
        }
        return result;
    }

    Distribution m_distribution;
};

Requirement onlyFor(const QString &extra, Requirement requirement)
{
    // Whatever else its marker says was true already.
    const auto marker = Marker::parse(QStringLiteral("extra == '%1'").arg(ProjectName::normalize(extra)));
    if (marker)
        requirement.marker = *marker;
    return requirement;
}

} // namespace

QString safeName(QStringView name)
{
    return withRunsReplaced(name, u'-', &isAsciiWord);
}

QString safeExtra(QStringView extra)
{
    return withRunsReplaced(extra, u'_', [](QChar c) { return isAsciiWord(c) || c == u'-'; }).toLower();
}

DistributionIdentity DistributionIdentity::of(const Distribution &distribution)
{
    DistributionIdentity identity;
    identity.projectName = safeName(distribution.name.toString());
    identity.key = identity.projectName.toLower();
    identity.version = distribution.version;
    identity.location = distribution.location;
    return identity;
}

QString DistributionIdentity::toString() const
{
    return projectName + u' ' + version.toString();
}

std::strong_ordering operator<=>(const DistributionIdentity &a, const DistributionIdentity &b)
{
    if (const auto order = a.version <=> b.version; std::is_neq(order))
        return order;
    if (const auto order = a.precedence <=> b.precedence; std::is_neq(order))
        return order;
    for (const auto text : {&DistributionIdentity::key, &DistributionIdentity::location,
             &DistributionIdentity::pythonVersion, &DistributionIdentity::platform}) {
        if (const int order = QString::compare(a.*text, b.*text); order != 0)
            return order <=> 0;
    }
    return std::strong_ordering::equal;
}

DistributionProvider::DistributionProvider(const DistributionIdentity &identity)
    : m_identity(identity)
{
}

DistributionProvider::~DistributionProvider() = default;

Result<QList<EntryPoint>> DistributionProvider::entryPoints() const
{
    return QList<EntryPoint>();
}

Result<Distribution> DistributionProvider::distribution(const MarkerEnvironment &environment) const
{
    const auto name = ProjectName::parse(m_identity.projectName);
    if (!name)
        return name.error();
    const auto always = requirements({}, environment);
    if (!always)
        return always.error();
    const auto known = extras();
    if (!known)
        return known.error();
    Distribution result;
    result.name = *name;
    result.version = m_identity.version;
    result.location = m_identity.location;
    result.requiresDist = *always;
    for (const QString &extra : *known) {
        const auto with = requirements({extra}, environment);
        if (!with)
            return with.error();
        result.providesExtra.append(ProjectName::normalize(extra));
        for (const Requirement &requirement : *with) {
            if (!always->contains(requirement))
                result.requiresDist.append(onlyFor(extra, requirement));
        }
    }
    return result;
}

DistributionPtr makeProvider(const Distribution &distribution)
{
    return std::make_shared<const KnownDistribution>(distribution);
}

} // namespace Axle
