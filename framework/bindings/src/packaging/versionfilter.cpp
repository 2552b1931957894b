#include "versionfilter_p.h"

#include "nativetype_p.h"

#include <deque>

namespace Axle::Internal {

namespace {

class VersionFilter
{
public:
    SpecifierSetValue set;
    std::optional<bool> prereleases;
    py::object items;
    py::object key;

    /// The next item, or null at the end.
    py::object next();
    int traverse(visitproc visit, void *argument);

private:
    py::object admitted(py::object item);
    py::object admittedByRule(py::object item, const Candidate &candidate);
    py::object nextWaiting();

    struct Waiting
    {
        py::object item;
        bool isVersion;
    };
    std::deque<Waiting> m_waiting; // what comes only if no final release does
    bool m_hasFinal = false;
    bool m_isFlushing = false;
};

py::object VersionFilter::nextWaiting()
{
    if (m_waiting.empty())
        return {};
    py::object item = std::move(m_waiting.front().item);
    m_waiting.pop_front();
    return item;
}

py::object VersionFilter::admittedByRule(py::object item, const Candidate &candidate)
{
    if (candidate.isPrerelease() || (!candidate.version() && !m_hasFinal)) {
        if (!m_hasFinal)
            m_waiting.push_back({std::move(item), candidate.version() != nullptr});
        return {};
    }
    if (!candidate.version() || m_hasFinal)
        return item;
    // The first final release: pre-releases are out, and what is no version comes in its place.
    m_hasFinal = true;
    std::erase_if(m_waiting, [](const Waiting &waiting) { return waiting.isVersion; });
    m_waiting.push_back({std::move(item), true});
    return nextWaiting();
}

py::object VersionFilter::admitted(py::object item)
{
    const py::object version = key ? key(item) : item;
    const Candidate candidate(version.ptr());
    if (!set.admits(candidate))
        return {};
    if (!prereleases)
        return admittedByRule(std::move(item), candidate);
    return *prereleases || !candidate.isPrerelease() ? item : py::object();
}

py::object VersionFilter::next()
{
    if (m_hasFinal && !m_waiting.empty())
        return nextWaiting();
    while (items && !m_isFlushing) {
        auto item = py::reinterpret_steal<py::object>(PyIter_Next(items.ptr()));
        if (!item && PyErr_Occurred())
            throw py::error_already_set();
        if (!item) {
            m_isFlushing = true;
            break;
        }
        if (py::object result = admitted(std::move(item)))
            return result;
    }
    return nextWaiting();
}

int VersionFilter::traverse(visitproc visit, void *arg)
{
    Py_VISIT(items.ptr());
    Py_VISIT(key.ptr());
    for (const Waiting &waiting : m_waiting)
        Py_VISIT(waiting.item.ptr());
    return 0;
}

int traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    return valueOf<VersionFilter>(self).traverse(visit, arg);
}

int clear(PyObject *self)
{
    const VersionFilter emptied = std::exchange(valueOf<VersionFilter>(self), VersionFilter());
    return 0;
}

void destroy(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    destroyNative<VersionFilter>(self);
}

PyObject *next(PyObject *self)
{
    return guarded([self] { return valueOf<VersionFilter>(self).next(); });
}

PyType_Slot slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(&destroy)},
    {Py_tp_traverse, reinterpret_cast<void *>(&traverse)},
    {Py_tp_clear, reinterpret_cast<void *>(&clear)},
    {Py_tp_iter, reinterpret_cast<void *>(&PyObject_SelfIter)},
    {Py_tp_iternext, reinterpret_cast<void *>(&next)},
    {0, nullptr},
};

PyType_Spec specification{"axle.packaging.specifiers.VersionFilter", sizeof(NativeObject<VersionFilter>), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};

} // namespace

py::object filterVersions(const SpecifierSetValue &set, PyObject *items, std::optional<bool> prereleases, PyObject *key)
{
    VersionFilter filter;
    filter.set = set;
    filter.prereleases = prereleases;
    filter.items = owned(PyObject_GetIter(items));
    if (key && key != Py_None)
        filter.key = py::reinterpret_borrow<py::object>(key);
    return toPython(std::move(filter));
}

void bindVersionFilter(py::module_ &module)
{
    NativeType<VersionFilter>::type = makeType(module, specification);
}

} // namespace Axle::Internal
