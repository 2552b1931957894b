#include "packagingbinding_p.h"

#include "markerenvironment_p.h"
#include "markerobject_p.h"
#include "names_p.h"
#include "packagingerrors_p.h"
#include "requirementobject_p.h"
#include "specifierobject_p.h"
#include "tagobject_p.h"
#include "versionfilter_p.h"
#include "versionobject_p.h"

namespace Axle::Internal {

void bindPackaging(py::module_ &module)
{
    py::module_ packaging =
        module.def_submodule("packaging", "The native part of axle.packaging; import that instead.");
    bindPackagingErrors(packaging);
    bindVersion(packaging);
    bindSpecifier(packaging);
    bindSpecifierSet(packaging);
    bindVersionFilter(packaging);
    bindMarkerEnvironment(packaging);
    bindMarker(packaging);
    bindRequirement(packaging);
    bindTag(packaging);
    bindNames(packaging);
}

} // namespace Axle::Internal
