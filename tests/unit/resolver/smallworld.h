#pragma once

#include "scenario.h"

#include <QtCore/QRandomGenerator>

namespace Axle::Test {

/// A version that there may be: its number in a SmallCondition's mask is its place in `all()`, oldest first.
struct SmallRelease
{
    QString text;
    bool isPrerelease = false;

    static const QList<SmallRelease> &all();
};

/// A specifier, and by hand what PEP 440 says of it: nothing here asks Axle what a specifier means.
struct SmallCondition
{
    QString text;
    unsigned accepts = 0; ///< a bit per SmallRelease
    bool namesPrerelease = false;
    bool pins = false;

    static const QList<SmallCondition> &all();
};

struct SmallNeed
{
    enum class When { Always, WithExtra, Never };
    int project = 0;
    int condition = 0;
    bool asksForExtra = false;
    When when = When::Always;

    const SmallCondition &what() const { return SmallCondition::all()[condition]; }
};

/// One distribution.
struct SmallVersion
{
    int release = 0;
    int tagRank = 0;
    int module = -1; ///< a top-level module that others may bring too; -1: none
    bool isYanked = false;
    bool isUnusable = false;
    bool isForOtherPython = false;
    bool isPinned = false;
    bool isPreferred = false;
    bool providesExtra = false;
    QList<SmallNeed> needs;
};

struct SmallProject
{
    QString name;
    QList<SmallVersion> versions;
    int fixed = -1; ///< the place of the version that the host brings
};

/// A universe small enough to try everything. The plugins come first among the projects.
struct SmallWorld
{
    QList<SmallProject> projects;
    QList<PluginPriority> priorities; ///< by plugin
    Prereleases prereleases = Prereleases::ByRule;
    HostCapabilities capabilities;

    static SmallWorld draw(QRandomGenerator &random);

    int pluginCount() const { return static_cast<int>(priorities.size()); }
    /// In no particular order.
    ResolverInput input(QRandomGenerator &order) const;
    QList<PluginRequest> roots() const;
    int indexOf(const QString &name) const;
    QString location(int project, int version) const;
    /// For whoever looks at a failure.
    QString toString() const;
};

/// How many worlds a law is tried on: 10,000, or AXLE_UNIVERSES for a longer search.
int universeCount();

} // namespace Axle::Test
