#include "versionassembly_p.h"

#include "packagingerrors_p.h"
#include "text_p.h"

#include <QtCore/QStringBuilder>

#include <algorithm>

namespace Axle::Internal {

namespace {

[[noreturn]] void refuse(const char *format, PyObject *found)
{
    throwPython(packagingErrors().invalidVersion, format, found);
}

/// The digits of a non-negative int; nothing for any other object.
std::optional<QString> toDigits(PyObject *object)
{
    if (!PyLong_Check(object))
        return {};
    const auto text = py::reinterpret_steal<py::object>(PyNumber_ToBase(object, 10)); // True is 1
    if (!text)
        throw py::error_already_set();
    const QString digits = text.cast<QString>();
    return digits.startsWith(u'-') ? std::nullopt : std::optional(digits);
}

QString number(PyObject *object, const char *format)
{
    if (object == Py_None)
        return {};
    const auto digits = toDigits(object);
    if (!digits)
        refuse(format, object);
    return *digits;
}

QStringList releaseNumbers(PyObject *object)
{
    constexpr char format[] = "release must be a non-empty tuple of non-negative integers, got %R";
    if (object == Py_None)
        return {QStringLiteral("0")};
    QStringList numbers;
    if (PyTuple_Check(object)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(object); ++i) {
            const auto digits = toDigits(PyTuple_GET_ITEM(object, i));
            if (!digits)
                refuse(format, object);
            numbers += *digits;
        }
    }
    if (numbers.isEmpty())
        refuse(format, object);
    return numbers;
}

void placePre(VersionParts &parts, PyObject *object)
{
    parts.preLetter.clear();
    parts.pre.clear();
    if (object == Py_None)
        return;
    if (PyTuple_Check(object) && PyTuple_GET_SIZE(object) == 2 && PyUnicode_Check(PyTuple_GET_ITEM(object, 0))) {
        const Text kind(PyTuple_GET_ITEM(object, 0));
        const auto digits = toDigits(PyTuple_GET_ITEM(object, 1));
        // Every spelling of the kind is one of a version as well.
        const auto version = Version::parse(QString(u'0' % kind.view() % digits.value_or(QStringLiteral("-"))));
        const VersionParts parsed = version ? version->parts() : VersionParts();
        const VersionParts expected{.epoch = QStringLiteral("0"),
            .release = {QStringLiteral("0")},
            .preLetter = parsed.preLetter,
            .pre = digits.value_or(QString())};
        const bool isWord = std::all_of(kind.view().begin(), kind.view().end(), [](QChar c) { return c.isLetter(); });
        if (digits && isWord && !parsed.preLetter.isEmpty() && parsed == expected) {
            parts.preLetter = parsed.preLetter;
            parts.pre = parsed.pre;
            return;
        }
    }
    refuse("pre must be a tuple of ('a'|'b'|'rc', non-negative int), got %R", object);
}

QString localText(PyObject *object)
{
    if (object == Py_None)
        return {};
    if (PyUnicode_Check(object)) {
        const Text text(object);
        const auto version = Version::parse(QString(u"0+" % text.view()));
        if (version && text.stripped().size() == text.view().size())
            return version->local();
    }
    refuse("local must be a valid version string, got %R", object);
}

} // namespace

VersionParts withParts(VersionParts parts, const Arguments<PartsSignature> &given)
{
    const auto &[release, epoch, pre, post, dev, local] = given;
    if (release)
        parts.release = releaseNumbers(release);
    if (epoch)
        parts.epoch =
            epoch == Py_None ? QStringLiteral("0") : number(epoch, "epoch must be non-negative integer, got %R");
    if (pre)
        placePre(parts, pre);
    if (post)
        parts.post = number(post, "post must be non-negative integer, got %R");
    if (dev)
        parts.dev = number(dev, "dev must be non-negative integer, got %R");
    if (local)
        parts.local = localText(local);
    return parts;
}

} // namespace Axle::Internal
