// Writes the archives that fuzzing begins with: archiveseeds FOLDER
#include "support/rawzip.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QMap>

using namespace Axle::Test;

namespace {

RawZip twoFiles()
{
    RawZip zip;
    zip.add("a/b.txt", "stored", RawMethod::Stored);
    zip.add("a/c.txt", QByteArray(300, 'c'));
    return zip;
}

RawZip wheel()
{
    const QMap<QByteArray, QByteArray> files{
        {"demo/__init__.py", "VALUE = 1\n"},
        {"demo-1.0.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nRequires-Dist: six (>=1) ; extra == 'x'\n\nText\n"},
        {"demo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: seed\nRoot-Is-Purelib: true\nTag: py3-none-any\n"},
        {"demo-1.0.dist-info/entry_points.txt", "[axle.plugins]\nmain = demo:Plugin [x]\n"},
        {"demo-1.0.dist-info/EXTENSIONS", "{\"demo._fast\": \"demo/__init__.py\"}"},
    };
    RawZip zip;
    QByteArray record;
    for (auto file = files.begin(); file != files.end(); ++file) {
        zip.add(file.key(), file.value(), RawMethod::Stored);
        const QByteArray hash = QCryptographicHash::hash(file.value(), QCryptographicHash::Sha256);
        record += file.key()
            + ",sha256=" + hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) + ','
            + QByteArray::number(file.value().size()) + '\n';
    }
    zip.add("demo-1.0.dist-info/RECORD", record + "demo-1.0.dist-info/RECORD,,\n", RawMethod::Stored);
    return zip;
}

QMap<QString, RawZip> seeds()
{
    QMap<QString, RawZip> result;
    result[QStringLiteral("empty")] = RawZip();
    result[QStringLiteral("two-files")] = twoFiles();
    result[QStringLiteral("wheel")] = wheel();

    RawZip descriptors = twoFiles();
    for (RawMember &member : descriptors.members)
        member.useDescriptor();
    result[QStringLiteral("descriptors")] = descriptors;

    RawZip zip64 = twoFiles();
    zip64.members[0].useZip64(0);
    zip64.zip64 = RawZip64();
    zip64.end.members = zip64.end.membersOnDisk = 0xffff;
    result[QStringLiteral("zip64")] = zip64;

    RawZip folders = twoFiles();
    folders.add("a/");
    folders.add("\303\251t\303\251/");
    folders.end.comment = "a comment";
    result[QStringLiteral("folders")] = folders;

    RawZip extra = twoFiles();
    const QByteArray unicodePath = le16(0x7075) + le16(12) + '\1' + le32(rawCrc32("a/b.txt")) + "a/b.txt";
    extra.members[0].central.extra = extra.members[0].local.extra = unicodePath;
    result[QStringLiteral("extra-fields")] = extra;

    RawZip nested;
    nested.add("inner.whl", twoFiles().bytes(), RawMethod::Stored);
    result[QStringLiteral("nested")] = nested;
    return result;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1])))
        return EXIT_FAILURE;
    const QMap<QString, RawZip> all = seeds();
    for (auto seed = all.begin(); seed != all.end(); ++seed) {
        QFile file(QString::fromLocal8Bit(argv[1]) + u'/' + seed.key());
        const QByteArray bytes = seed->bytes();
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
