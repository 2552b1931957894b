#pragma once

#include "mountregistry_p.h"
#include "qtcasters_p.h"

namespace Axle::Internal {

/// What Python sees as `axle.Wheel`: a path and what its name says; the file is opened by what needs it, and closed
/// again. Methods are called with the GIL held, which they release while they work on files.
class PythonWheel
{
public:
    /// Raises WheelError for a name that is not a wheel's. The file need not exist.
    PythonWheel(const py::object &path, std::shared_ptr<MountRegistry> mounts);

    const WheelFileName &name() const { return m_name; }
    QString folder() const { return m_folder; }
    /// A field of the file name that holds several words: `py2.py3` → [py2, py3].
    enum class TagField { Python, Abi, Platform };
    QStringList tagField(TagField field) const;
    /// `version` with the field's own spelling: `1_0` stands for `1-0`.
    QString nameField() const { return m_name.text.section(u'-', 0, 0); }
    QString versionField() const { return m_name.text.section(u'-', 1, 1).replace(u'_', u'-'); }

    bool isCompatible() const;
    bool isMountable() const;
    bool isMounted() const { return m_mounts->contains(m_path); }
    Wheel opened() const;
    QList<Finding> verify() const;
    void mount(bool append);
    void unmount();
    QString repr() const;

private:
    QString m_path;   // absolute, whatever the working folder becomes
    QString m_folder; // as given
    WheelFileName m_name;
    std::shared_ptr<MountRegistry> m_mounts;
};

void bindWheel(py::module_ &module);

} // namespace Axle::Internal
