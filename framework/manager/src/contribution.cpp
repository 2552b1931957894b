#include "contribution_p.h"

#include <axle/manager/codes.h>

#include <algorithm>

namespace Axle {

namespace {

Error goneError(const ContributionInfo &info)
{
    if (info.id.isEmpty()) {
        return Error(
            Codes::ContributionGone, QStringLiteral("a null contribution was called, expected one of a plugin"));
    }
    return Error(Codes::ContributionGone,
        QStringLiteral("contribution '%1' to '%2' has gone with its plugin '%3'")
            .arg(info.id, info.point, info.pluginId),
        QStringLiteral("drop handles when ExtensionPoint::removed comes"));
}

} // namespace

Contribution::Contribution() = default;
Contribution::Contribution(const Contribution &) = default;
Contribution &Contribution::operator=(const Contribution &) = default;
Contribution::~Contribution() = default;

bool Contribution::isNull() const
{
    return !d || !d->object;
}

ContributionInfo Contribution::info() const
{
    return d ? d->info : ContributionInfo();
}

QFuture<Result<QVariant>> Contribution::call(const QVariantList &arguments, const QVariantMap &keywords) const
{
    if (isNull())
        return QtFuture::makeReadyFuture(Result<QVariant>(goneError(info())));
    return d->interpreter->invoke([object = d->object, arguments, keywords]() mutable {
        const std::shared_ptr<PythonObject> held = std::exchange(object, {});
        return held->call(arguments, keywords);
    });
}

QList<Contribution> ExtensionPoint::contributions() const
{
    return m_contributions;
}

Contribution ExtensionPoint::find(const QString &contributionId) const
{
    const auto it = std::find_if(m_contributions.cbegin(), m_contributions.cend(),
        [&](const Contribution &contribution) { return contribution.id() == contributionId; });
    return it == m_contributions.cend() ? Contribution() : *it;
}

ExtensionPoint::ExtensionPoint(const QString &name, QObject *parent)
    : QObject(parent)
    , m_name(name)
{
}

} // namespace Axle
