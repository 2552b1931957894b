#include "pkgresourcesbinding_p.h"

#include "pythondistribution_p.h"

#include <axle/resolver/environment.h>

namespace Axle::Internal {

void bindEnvironment(py::module_ &module)
{
    py::class_<Environment>(module, "Environment", py::module_local(), "Distributions by project, the newest first.")
        .def(py::init<>())
        .def("add", [](Environment &self, const py::object &distribution) { self.add(toProvider(distribution)); })
        .def("remove",
            [](Environment &self, const py::object &distribution) {
                return self.remove(toProvider(distribution)->identity());
            })
        .def("projects", &Environment::projects)
        .def("distributions",
            [](const Environment &self, const QString &key) { return toObjects(self.distributions(key)); });
}

} // namespace Axle::Internal
