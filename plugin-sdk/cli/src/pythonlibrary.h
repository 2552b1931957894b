#pragma once

#include <axle/core/result.h>
#include <axle/packaging/targetpython.h>

#include <memory>

namespace Axle {

/// The shared library that Python is, loaded to see that it is there and which version it has; Python is not started.
class PythonLibrary
{
public:
    /// `fileName` is looked for as the dynamic linker does. Errors: `python-library-missing`,
    /// `python-version-mismatch`, both of which say what was wanted, what was found and what to install.
    static Result<PythonLibrary> load(const QString &fileName, const TargetPython &wanted);

    QString version() const { return m_version; } ///< "3.11.2"

private:
    std::shared_ptr<void> m_handle;
    QString m_version;
};

} // namespace Axle
