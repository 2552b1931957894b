#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QMap>
#include <QtCore/QString>

namespace Axle {

/// The file EXTENSIONS of a wheel, as distlib writes it: a JSON object that names, for each extension module, the shared
/// object in the wheel that holds it.
class AXLE_EXPORT ExtensionMap
{
public:
    /// Error: `extensions-invalid` (no such object, a name that is no module's, a path that leaves the wheel).
    static Result<ExtensionMap> parse(const QByteArray &text);

    /// Dotted module name to path of the member.
    const QMap<QString, QString> &modules() const { return m_modules; }

    friend bool operator==(const ExtensionMap &, const ExtensionMap &) = default;

private:
    QMap<QString, QString> m_modules;
};

} // namespace Axle
