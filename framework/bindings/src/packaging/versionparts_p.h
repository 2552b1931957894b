#pragma once

#include <axle/packaging/version.h>

#include <QtCore/QStringList>

namespace Axle::Internal {

/// The parts of a version as decimal digits, since Python's integers have no bounds. Law: `of(v).toVersion() == v`.
struct VersionParts
{
    QString epoch = QStringLiteral("0");
    QStringList release = {};
    QString preKind = {};   ///< a, b, rc, or empty
    QString preNumber = {}; ///< empty without a kind
    QString post = {};      ///< empty for none, as below
    QString dev = {};
    QString local = {};

    static VersionParts of(const Version &version);
    QString toString() const;
    Version toVersion() const;

    /// Without the zeros at the end of the release.
    VersionParts trimmed() const;

    friend bool operator==(const VersionParts &, const VersionParts &) = default;
};

/// The number that follows the one of these digits.
QString successor(const QString &digits);

} // namespace Axle::Internal
