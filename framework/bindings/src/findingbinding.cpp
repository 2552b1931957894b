#include "findingbinding_p.h"

#include "wheelerror_p.h"

#include <algorithm>

namespace Axle::Internal {

namespace {

py::object optional(const QString &text)
{
    return text.isEmpty() ? py::none() : py::object(py::cast(text));
}

} // namespace

void bindFinding(py::module_ &module)
{
    py::class_<Finding> finding(
        module, "Finding", py::module_local(), "One thing that Wheel.verify() found; severity says what comes of it.");
    finding.attr("__module__") = "axle";
    finding.def_property_readonly("severity", [](const Finding &self) { return toString(self.severity); })
        .def_property_readonly("code", [](const Finding &self) { return QString(self.error.code().name()); })
        .def_property_readonly("reason", [](const Finding &self) { return reasonOf(self.error); })
        .def_property_readonly("message", [](const Finding &self) { return self.error.message(); })
        .def_property_readonly("found", [](const Finding &self) { return self.error.found(); })
        .def_property_readonly("expected", [](const Finding &self) { return optional(self.error.expected()); })
        .def_property_readonly("member", [](const Finding &self) { return optional(self.error.place().member); })
        .def_property_readonly("offset",
            [](const Finding &self) {
                const std::int64_t offset = self.error.place().offset;
                return offset < 0 ? py::none() : py::object(py::int_(offset));
            })
        .def_property_readonly("hint", [](const Finding &self) { return self.error.hint(); })
        .def("__str__", [](const Finding &self) { return self.error.toString(); })
        .def("__repr__", [](const Finding &self) {
            return QStringLiteral("<axle.Finding %1 %2: %3>")
                .arg(toString(self.severity), QString(self.error.code().name()), self.error.message());
        });
}

QList<Finding> orRaise(const QList<Finding> &findings)
{
    const auto fatal = std::find_if(findings.begin(), findings.end(),
        [](const Finding &finding) { return finding.severity == Finding::Severity::Fatal; });
    if (fatal != findings.end())
        raise(fatal->error, py::cast(findings));
    return findings;
}

} // namespace Axle::Internal
