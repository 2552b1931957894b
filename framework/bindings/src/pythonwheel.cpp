#include "wheelbinding_p.h"

#include "findingbinding_p.h"
#include "pathtext_p.h"
#include "wheelerror_p.h"

#include <axle/store/store.h>

#include <QtCore/QFileInfo>

namespace Axle::Internal {

namespace {

/// Opens the user's file itself, for what is asked about it before it is mounted.
Result<Wheel> openTolerant(const QString &path)
{
    return Wheel::open(path, Rules::Tolerant);
}

} // namespace

PythonWheel::PythonWheel(const py::object &path, std::shared_ptr<MountRegistry> mounts)
    : m_mounts(std::move(mounts))
{
    const QString given = pathText(path);
    const qsizetype slash = given.lastIndexOf(u'/');
    m_folder = given.left(qMax(slash, qsizetype(0)));
    m_name = orRaise(WheelFileName::parse(given.mid(slash + 1)));
    m_path = QFileInfo(given).absoluteFilePath();
}

QStringList PythonWheel::tagField(TagField field) const
{
    const int fromEnd = field == TagField::Python ? -3 : field == TagField::Abi ? -2 : -1;
    return m_name.text.chopped(qsizetype(sizeof(".whl") - 1)).section(u'-', fromEnd, fromEnd).split(u'.');
}

bool PythonWheel::isCompatible() const
{
    return checkCompatible(m_name, TargetPython::current()).has_value();
}

bool PythonWheel::isMountable() const
{
    if (!isCompatible())
        return false;
    const py::gil_scoped_release released;
    return openTolerant(m_path).has_value();
}

Wheel PythonWheel::opened() const
{
    if (const Wheel *mounted = m_mounts->find(m_path))
        return *mounted;
    Result<Wheel> wheel = [this] {
        const py::gil_scoped_release released;
        return openTolerant(m_path);
    }();
    return orRaise(std::move(wheel));
}

QList<Finding> PythonWheel::verify() const
{
    const QList<Finding> findings = [this] {
        const py::gil_scoped_release released;
        return Wheel::verify(m_path);
    }();
    return orRaise(findings);
}

void PythonWheel::mount(bool append)
{
    if (isMounted())
        return;
    // Asked of the name alone: a wheel for another Python need not even be read.
    orRaise(checkCompatible(m_name, TargetPython::current()));
    Result<VerifiedWheel> verified = [this]() -> Result<VerifiedWheel> {
        const py::gil_scoped_release released;
        const auto store = Store::open();
        if (!store)
            return store.error();
        auto snapshot = store->snapshot(m_path, Rules::Tolerant);
        if (!snapshot)
            return std::move(snapshot).error();
        return store->verify(std::move(*snapshot));
    }();
    VerifiedWheel wheel = orRaise(std::move(verified));
    // Another thread may have been faster while the GIL was released.
    if (!isMounted())
        orRaise(m_mounts->mount(m_path, std::move(wheel), append ? SearchPosition::Last : SearchPosition::First));
}

void PythonWheel::unmount()
{
    m_mounts->unmount(m_path);
}

QString PythonWheel::repr() const
{
    return QStringLiteral("<axle.Wheel '%1'%2>").arg(m_path, isMounted() ? QStringLiteral(", mounted") : QString());
}

} // namespace Axle::Internal
