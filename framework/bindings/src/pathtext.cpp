#include "pathtext_p.h"

namespace Axle::Internal {

QString pathText(const py::object &path)
{
    const auto text = py::reinterpret_steal<py::object>(PyOS_FSPath(path.ptr()));
    if (!text)
        throw py::error_already_set();
    return text.cast<QString>();
}

} // namespace Axle::Internal
