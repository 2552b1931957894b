// The files of a wheel's dist-info folder. Each is written anew from what was read, and must mean the same.
#include "targets.h"

#include <axle/packaging/entrypoints.h>
#include <axle/wheel/coremetadata.h>
#include <axle/wheel/extensionmap.h>
#include <axle/wheel/record.h>
#include <axle/wheel/wheel.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace Axle::Fuzz {

namespace {

/// What `T::parse` makes of `text`; nothing, after a look at the error, where it refuses.
template<class T>
std::optional<T> parsed(const QByteArray &text)
{
    Result<T> value = T::parse(text);
    if (value)
        return std::move(*value);
    demandGoodError(value.error());
    return {};
}

QString csvField(const QString &field)
{
    return u'"' + QString(field).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QByteArray rowOf(const RecordEntry &entry)
{
    const QByteArray hash = entry.digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return csvField(entry.path).toUtf8() + ','
        + (entry.algorithm.isEmpty() ? QByteArray() : entry.algorithm.toLatin1() + '=' + hash) + ','
        + (entry.size < 0 ? QByteArray() : QByteArray::number(qlonglong(entry.size))) + '\n';
}

bool areEqual(const RecordEntry &a, const RecordEntry &b)
{
    return a.path == b.path && a.algorithm == b.algorithm && a.digest == b.digest && a.size == b.size;
}

void runRecord(const QByteArray &input)
{
    const auto record = parsed<Record>(input);
    if (!record)
        return;
    QByteArray text;
    for (const RecordEntry &entry : record->entries()) {
        demand(record->find(entry.path) && areEqual(*record->find(entry.path), entry), "a listed path is found");
        const auto checked = record->check(entry.path, input);
        demand(checked || !checked.error().message().isEmpty(), "checking says yes, or why not");
        text += rowOf(entry);
    }
    const auto again = parsed<Record>(text);
    demand(again && std::equal(again->entries().begin(), again->entries().end(), record->entries().begin(), areEqual),
        "RECORD, written anew, is the same");
}

void runMetadata(const QByteArray &input)
{
    const auto metadata = parsed<CoreMetadata>(input);
    const auto chosen = CoreMetadata::parseForChoice(input);
    demand(chosen.has_value() == metadata.has_value(), "METADATA is judged alike, whatever is wanted of it");
    if (!metadata)
        return;
    QString text = QStringLiteral("Metadata-Version: %1\nName: %2\nVersion: %3\n")
                       .arg(metadata->metadataVersion, metadata->name.toString(), metadata->version.toString());
    if (!metadata->requiresPython.isEmpty())
        text += QStringLiteral("Requires-Python: %1\n").arg(metadata->requiresPython.toString());
    for (const Requirement &requirement : metadata->requiresDist)
        text += QStringLiteral("Requires-Dist: %1\n").arg(requirement.toString());
    for (const QString &extra : metadata->providesExtra)
        text += QStringLiteral("Provides-Extra: %1\n").arg(extra);
    const auto again = parsed<CoreMetadata>(text.toUtf8());
    demand(again.has_value(), "METADATA, written anew, can be read");
    demand(again->name == metadata->name && again->version == metadata->version, "it names the same project");
    demand(again->requiresPython == metadata->requiresPython && again->requiresDist == metadata->requiresDist,
        "it requires the same");
    demand(again->providesExtra == metadata->providesExtra, "it provides the same extras");
}

void runWheelInfo(const QByteArray &input)
{
    const auto info = parsed<WheelInfo>(input);
    if (!info)
        return;
    QString text = QStringLiteral("Wheel-Version: %1\nRoot-Is-Purelib: %2\n")
                       .arg(info->wheelVersion, info->rootIsPurelib ? QStringLiteral("true") : QStringLiteral("false"));
    for (const Tag &tag : info->tags.tags())
        text += QStringLiteral("Tag: %1\n").arg(tag.toString());
    const auto again = parsed<WheelInfo>(text.toUtf8());
    demand(again && again->tags == info->tags && again->rootIsPurelib == info->rootIsPurelib,
        "WHEEL, written anew, is the same");
}

void runEntryPoints(const QByteArray &input)
{
    const auto entryPoints = parsed<EntryPoints>(input);
    if (!entryPoints)
        return;
    QString text;
    QString group;
    for (const EntryPoint &entryPoint : entryPoints->all()) {
        if (entryPoint.group != group)
            text += QStringLiteral("[%1]\n").arg(entryPoint.group);
        group = entryPoint.group;
        text += entryPoint.toString() + u'\n';
        demand(entryPoints->group(group).contains(entryPoint), "an entry point is in its group");
    }
    const auto again = parsed<EntryPoints>(text.toUtf8());
    demand(again && *again == *entryPoints, "entry points, written anew, are the same");
}

void runExtensions(const QByteArray &input)
{
    const auto extensions = parsed<ExtensionMap>(input);
    if (!extensions)
        return;
    QJsonObject object;
    for (auto module = extensions->modules().begin(); module != extensions->modules().end(); ++module) {
        const QStringList parts = module.value().split(u'/');
        demand(!parts.contains(QString()) && !parts.contains(QStringLiteral("..")), "no extension leaves the wheel");
        object.insert(module.key(), module.value());
    }
    const auto again = parsed<ExtensionMap>(QJsonDocument(object).toJson());
    demand(again && *again == *extensions, "EXTENSIONS, written anew, is the same");
}

Seeds recordSeeds()
{
    const QByteArray hash = "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    return {
        {QStringLiteral("plain"), "demo/__init__.py," + hash + ",0\ndemo-1.0.dist-info/RECORD,,\n"},
        {QStringLiteral("quoted"), "\"a, \"\"b\"\".txt\"," + hash + ",\r\n\"c\",,\r\n"},
        {QStringLiteral("without-sizes"), "a," + hash + "=,\nb,sha512=,3"},
    };
}

Seeds metadataSeeds()
{
    return {
        {QStringLiteral("full"),
            "Metadata-Version: 2.4\nName: demo\nVersion: 1.0rc1\nSummary: a demo\nRequires-Python: >=3.8,<4\n"
            "License-Expression: MIT\nLicense-File: LICENSE\nProvides-Extra: Test_It\n"
            "Requires-Dist: six (>=1) ; extra == 'test-it'\nRequires-Dist: a @ https://b.invalid/c\nDynamic: Author\n"
            "Description-Content-Type: text/plain\n\nThe text.\n"},
        {QStringLiteral("folded"),
            "Metadata-Version: 1.2\r\nName: a.b\r\nVersion: 1\r\nLicense: one\r\n        two\r\n\tthree\r\n"},
        {QStringLiteral("old"), "Metadata-Version: 1.0\nName: x\nVersion: 0\nAuthor: UNKNOWN\nKeywords: a b\n"},
    };
}

Seeds wheelInfoSeeds()
{
    return {
        {QStringLiteral("pure"), "Wheel-Version: 1.0\nGenerator: seed\nRoot-Is-Purelib: true\nTag: py3-none-any\n"},
        {QStringLiteral("native"),
            "Wheel-Version: 1.9\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n"
            "Tag: cp311-abi3-manylinux2014_x86_64\nBuild: 1x\n"},
    };
}

Seeds entryPointSeeds()
{
    return {
        {QStringLiteral("plain"), "[console_scripts]\nrun = demo.cli:main\n\n[axle.plugins]\na = demo:Plugin [x, y]\n"},
        {QStringLiteral("comments"), "# one\n; two\n[g.h]\n  material/blog = a.b:C.d\nname with blanks=m\n"},
    };
}

Seeds extensionSeeds()
{
    return {
        {QStringLiteral("two"), R"({"demo._fast": "demo/_fast.so", "demo.a.b": "demo/a/b.cpython-311.so"})"},
        {QStringLiteral("none"), "{}"},
        {QStringLiteral("escaped"), R"({"d\u00e9mo": "d\u00e9mo/\ud83d\ude00.so"})"},
    };
}

} // namespace

QList<Target> distInfoTargets()
{
    return {
        {"record", runRecord, recordSeeds},
        {"metadata", runMetadata, metadataSeeds},
        {"wheel_info", runWheelInfo, wheelInfoSeeds},
        {"entry_points", runEntryPoints, entryPointSeeds},
        {"extensions", runExtensions, extensionSeeds},
    };
}

} // namespace Axle::Fuzz
