#include "shelf.h"

#include <axle/packaging/codes.h>

namespace Axle::Test {

namespace {

class Unreadable final : public DistributionProvider
{
public:
    using DistributionProvider::DistributionProvider;

    Result<QList<Requirement>> requirements(const QStringList &, const MarkerEnvironment &) const override
    {
        return error();
    }
    Result<QStringList> extras() const override { return error(); }
    Result<QList<EntryPoint>> entryPoints() const override { return error(); }

private:
    static Error error() { return Error(Codes::RequirementInvalid, QStringLiteral("'>>' is no requirement")); }
};

} // namespace

DistributionPtr shelved(const QString &text)
{
    const QString head = text.section(u':', 0, 0);
    const QString extras = head.section(u'[', 1).section(u']', 0, 0);
    Distribution result = distribution(
        head.section(u'[', 0, 0).trimmed(), text.section(u':', 1).split(QStringLiteral(", "), Qt::SkipEmptyParts));
    result.providesExtra = extras.split(QStringLiteral(", "), Qt::SkipEmptyParts);
    return makeProvider(result);
}

Environment shelf(const QStringList &texts)
{
    Environment environment;
    for (const QString &text : texts)
        environment.add(shelved(text));
    return environment;
}

WorkingSet workingSet(const QStringList &active)
{
    MarkerEnvironment environment = inputOf({}).environment;
    environment.variables.insert(QStringLiteral("python_full_version"), QStringLiteral("3.11.2"));
    WorkingSet set(environment);
    for (const QString &text : active)
        set.add(shelved(text));
    return set;
}

QList<Requirement> requirements(const QStringList &texts)
{
    QList<Requirement> result;
    for (const QString &text : texts)
        result.append(requirement(text));
    return result;
}

QStringList texts(const QList<DistributionPtr> &distributions)
{
    QStringList result;
    for (const DistributionPtr &each : distributions)
        result.append(each->identity().toString());
    return result;
}

QStringList answer(const ResolvedDistributions &resolved)
{
    if (resolved)
        return texts(*resolved);
    const ResolutionFailure &failure = resolved.failure();
    return {QString(failure.error.code().name()),
        failure.distribution ? failure.distribution->identity().toString() : QString(),
        failure.requirement ? failure.requirement->toString() : QString(), failure.requiredBy.join(u' ')};
}

QStringList texts(const QList<FailedPlugin> &failed)
{
    QStringList result;
    for (const FailedPlugin &each : failed)
        result.append(
            each.distribution->identity().toString() + QStringLiteral(": ") + each.failure.error.code().name());
    return result;
}

DistributionPtr unreadable(const QString &nameAndVersion)
{
    return std::make_shared<const Unreadable>(DistributionIdentity::of(distribution(nameAndVersion)));
}

} // namespace Axle::Test
