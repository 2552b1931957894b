#pragma once

#include "findings_p.h"

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

#include <optional>

namespace Axle::Internal {

/// Whether the extension modules of a wheel are what Python can load (W22): the dynamic loader believes what it reads.
class NativeRules
{
public:
    NativeRules();

    void judge(const QString &member, QByteArrayView data, Findings &findings) const;

private:
    struct ExtensionModule
    {
        QString name; ///< the last part of the dotted name
        /// The file name says so, so that a file which is something else is at fault.
        bool isForThisPython = false;
    };
    std::optional<ExtensionModule> extensionModule(const QString &member) const;

    QStringList m_suffixes; ///< most specific first, last the bare one
};

} // namespace Axle::Internal
