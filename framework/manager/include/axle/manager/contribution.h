#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>
#include <axle/manager/plugin.h>

#include <QtCore/QFuture>
#include <QtCore/QMetaType>
#include <QtCore/QObject>
#include <QtCore/QVariant>

#include <memory>

namespace Axle {

namespace Internal {
class ContributionRegistry;
}

/// A handle to one object that a plugin contributed. A value; copies are the same handle.
///
/// When the plugin goes, every handle becomes null and calls through it end with `contribution-gone`. Handles and
/// extension points are used in the manager's thread.
class AXLE_EXPORT Contribution
{
public:
    Contribution();
    Contribution(const Contribution &);
    Contribution &operator=(const Contribution &);
    ~Contribution();

    bool isNull() const;           ///< the plugin has gone, or there never was one
    ContributionInfo info() const; ///< kept when the plugin goes, for messages
    QString id() const { return info().id; }
    QString pluginId() const { return info().pluginId; }
    QVariant property(const QString &name) const { return info().properties.value(name); }

    /// Calls it on the Python thread; never blocks. Values cross as PythonObject::call says. Errors:
    /// `contribution-gone`, `plugin-call-failed`, `plugin-value-unsupported`.
    QFuture<Result<QVariant>> call(const QVariantList &arguments, const QVariantMap &keywords = {}) const;

private:
    friend class Internal::ContributionRegistry;
    struct Data;
    std::shared_ptr<Data> d;
};

/// A named place of the host that plugins contribute to: "filters".
class AXLE_EXPORT ExtensionPoint : public QObject
{
    Q_OBJECT
public:
    QString name() const { return m_name; }
    QList<Contribution> contributions() const; ///< in order of arrival
    /// The first of that id; null when there is none. Several plugins may contribute under one id.
    Contribution find(const QString &contributionId) const;

Q_SIGNALS:
    void added(const Axle::Contribution &contribution);
    /// The handle is null already; `info` says what it was.
    void removed(const Axle::ContributionInfo &info);

private:
    friend class Internal::ContributionRegistry;
    ExtensionPoint(const QString &name, QObject *parent);
    QString m_name;
    QList<Contribution> m_contributions;
};

} // namespace Axle

Q_DECLARE_METATYPE(Axle::Contribution)
