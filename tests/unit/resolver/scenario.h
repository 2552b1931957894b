#pragma once

#include <axle/resolver/advisor.h>

#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

namespace Axle::Test {

/// One file of tests/scenarios/resolver: a folder of wheels, what is wanted of it, and what must come out.
///
///     {"description": "what the case pins",
///      "python": "3.11.2", "environment": {"sys_platform": "linux"}, "prereleases": "allow" or "refuse",
///      "preferred": ["lib 1"], "pinned": ["lib 1"], "capabilities": ["isolation", "remount"],
///      "wheels": [{"wheel": "lib 1", "requires": ["dep >=2"], "requires_python": ">=3.8", "extras": ["net"],
///                  "file": "lib-1-py3-none-any.whl", "tag_rank": 0, "lines": [12], "yanked": true,
///                  "modules": ["lib"], "unusable": "why"}],
///      "fixed": [as wheels],
///      "ask": ["lib >=1"] or "plugins": ["lib"], "priorities": {"lib": "enabled", "pinned" or "mounted"},
///      "plan": ["dep 2", "lib 1"], "error": "resolve-missing", "left_out": {"other": "resolve-conflict"},
///      "why": ["lib"], "why_not": ["lib <1"],
///      "what_if": [{"add": [as wheels], "remove": ["lib 1"], "enable": ["other"], "disable": ["lib"]}]}
///
/// Those of tests/scenarios/advisor have the questions instead of what must come out. All but `description`, `wheels`
/// and what is wanted may be absent. The texts of errors are golden files.
struct Scenario
{
    QString description;
    ResolverInput input;
    bool isForPlugins = false;
    QList<Requirement> requirements;
    QList<PluginRequest> plugins;
    QStringList plan;
    QString error;
    QMap<QString, QString> leftOut; ///< code by id
    QStringList why;
    QStringList whyNot;
    QList<WorldChange> whatIf;

    static Scenario read(const QString &path);
};

ProjectName projectName(const QString &text);
Version version(const QString &text);
Requirement requirement(const QString &text);
QList<PluginRequest> requests(const QStringList &names);
/// "name 1.0" becomes a distribution in /plugins/name-1.0-py3-none-any.whl.
Distribution distribution(const QString &nameAndVersion, const QStringList &requirements = {});
/// For Python 3.11.2 on Linux.
ResolverInput inputOf(const QList<Distribution> &candidates);

/// A pigeonhole world: each of `plugins` needs one of fewer places, each place serves one of them only.
QList<Distribution> pigeons(int plugins);
QStringList pigeonNames(int plugins);

/// "name version" of the plan's entries, in order.
QStringList planTexts(const Resolution &resolution);
/// All that a resolution says, to compare two of them.
QByteArray everything(const Resolution &resolution);
/// What the resolution breaks of its own rules; empty: nothing. Checks that each requirement in force is met, that
/// nothing is unneeded, that pre-releases are called for, and that dependencies come first where there are no circles.
QString firstBrokenRule(const ResolverInput &input, const Resolution &resolution, const QList<Requirement> &asked);

} // namespace Axle::Test
