#include <axle/resolver/resolutionfailure.h>

#include <axle/resolver/codes.h>

namespace Axle {

namespace {

QString requirersText(const QStringList &requiredBy)
{
    if (requiredBy.isEmpty())
        return QStringLiteral("the application");
    return u'\'' + requiredBy.join(QStringLiteral("', '")) + u'\'';
}

ResolutionFailure failure(ResolutionFailure::Kind kind, const std::optional<Requirement> &requirement)
{
    ResolutionFailure result;
    result.kind = kind;
    result.requirement = requirement;
    return result;
}

} // namespace

ResolutionFailure ResolutionFailure::notFound(const Requirement &requirement, const QStringList &requiredBy)
{
    ResolutionFailure result = failure(Kind::DistributionNotFound, requirement);
    result.requiredBy = requiredBy;
    result.error = Error(Codes::ResolveMissing,
        QStringLiteral("nothing meets '%1', which %2 needs").arg(requirement.toString(), requirersText(requiredBy)),
        QStringLiteral("add a distribution that does"));
    return result;
}

ResolutionFailure ResolutionFailure::conflict(
    const DistributionPtr &distribution, const Requirement &requirement, const QStringList &requiredBy)
{
    ResolutionFailure result =
        failure(requiredBy.isEmpty() ? Kind::VersionConflict : Kind::ContextualVersionConflict, requirement);
    result.distribution = distribution;
    result.requiredBy = requiredBy;
    result.error = Error(Codes::ResolveConflict,
        QStringLiteral("'%1' is chosen, expected '%2', which %3 needs")
            .arg(distribution->identity().toString(), requirement.toString(), requirersText(requiredBy)),
        QStringLiteral("add a version that all accept, or do without one side"));
    return result;
}

ResolutionFailure ResolutionFailure::metadata(
    const DistributionPtr &distribution, const std::optional<Requirement> &requirement, const Error &error)
{
    ResolutionFailure result = failure(Kind::UnknownExtra, requirement);
    result.distribution = distribution;
    result.error = error;
    if (error.code() == Codes::ResolveExtra)
        return result;
    result.kind = Kind::BadMetadata;
    result.error = Error(Codes::ResolveMetadata,
        QStringLiteral("'%1' cannot tell what it needs").arg(distribution->identity().toString()),
        QStringLiteral("replace it, or remove it"))
                       .withCause(error);
    return result;
}

ResolutionFailure ResolutionFailure::installer(const Requirement &requirement, const Error &error)
{
    ResolutionFailure result = failure(Kind::Installer, requirement);
    result.error =
        Error(Codes::ResolveInstaller, QStringLiteral("the installer failed for '%1'").arg(requirement.toString()))
            .withCause(error);
    return result;
}

ResolutionFailure ResolutionFailure::unsolvable(const Error &error)
{
    ResolutionFailure result = failure(Kind::Unsolvable, {});
    result.error = error;
    return result;
}

} // namespace Axle
