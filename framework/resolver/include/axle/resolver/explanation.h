#pragma once

#include <axle/core/error.h>
#include <axle/resolver/distribution.h>

#include <QtCore/QJsonObject>

namespace Axle {

/// One fact without which something could be loaded: for example that one project's versions have a requirement.
struct AXLE_EXPORT Reason
{
    enum class Kind {
        Requirement,  ///< `versions` of `project` have `requirement`
        Available,    ///< what there is of `project`, or that there is nothing
        Python,       ///< `versions` of `project` are for another Python
        Prerelease,   ///< `versions` of `project` are pre-releases, which nothing calls for
        Yanked,       ///< `versions` of `project` are yanked, and nothing pins them
        Unusable,     ///< `versions` of `project` cannot be loaded
        Host,         ///< the program itself brings `project`
        Mounted,      ///< `project` is mounted
        SharedModule, ///< `project` and `other` both bring the module `detail`
        Kept,         ///< `project` and others were kept, since more can be loaded so
    };
    Kind kind = Kind::Requirement;
    QString project;      ///< as written
    QStringList versions; ///< newest first
    QStringList files;    ///< paths, of the same
    int line = 0;         ///< in METADATA of the first file, from 1; 0: not known
    QString requirement;  ///< as needed: `geo-core >=3`
    QString other;
    QString detail; ///< what else there is to know
    QString text;   ///< the sentence

    /// `{"kind", "text"}`, and of the other members those that say something.
    QJsonObject toJson() const;
    /// The sentence, and where its reader can see it: "… (lib-1-py3-none-any.whl, METADATA line 12)".
    QString toText() const;
};

/// Something that was tried by solving again, and helps.
struct AXLE_EXPORT Remedy
{
    enum class Kind {
        Disable,          ///< the plugins `projects`
        Prefer,           ///< this plugin: `projects` are left out instead
        Add,              ///< a wheel that meets `requirement`
        AllowPrereleases, ///< of everything
        Remount,          ///< other versions of `projects`, while they run
        Restart,          ///< then nothing is mounted yet
        Isolate,          ///< run it in a process of its own
    };
    Kind kind = Kind::Disable;
    QStringList projects; ///< normalised names
    QString requirement;
    QString text;

    /// A stable word: "disable", "prefer", "add", "allow-prereleases", "remount", "restart", "isolate".
    QString name() const;
    /// `{"kind", "text"}`, and of the other members those that say something.
    QJsonObject toJson() const;
};

/// Why something cannot be had, and what helps.
///
/// Every reason is needed: without any one of them there would be a solution. Every remedy was tried.
///
/// Codes: `resolve-missing` (no such project), `resolve-no-version` (no version fits), `resolve-conflict` (two
/// requirers disagree), `resolve-python` (Requires-Python), `resolve-extra` (no such extra), `resolve-prerelease`,
/// `resolve-unusable` (what is needed is there, but broken or not trusted), `resolve-host` (the program brings another
/// version), `resolve-mounted` (another version is mounted), `resolve-module` (two projects bring one module),
/// `resolve-budget` (not decided), and of an Advisor `resolve-unneeded`.
struct AXLE_EXPORT Explanation
{
    ErrorCode code;
    QString headline; ///< one sentence, without a full stop
    QList<Reason> reasons;
    QList<Remedy> remedies;
    QStringList tried; ///< what was tried and does not help

    /// The headline as the message, reasons as details, remedies as the hint.
    Error toError() const;
    /// `{"code", "text", "reasons", "remedies", "tried"}`.
    QJsonObject toJson() const;
    /// Several lines: headline and code, numbered reasons, what helps.
    QString toText() const;
};

} // namespace Axle
