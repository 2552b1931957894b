#include "scanindex_p.h"

#include <axle/resolver/codes.h>

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Internal;

namespace {

const QByteArray Key(32, 'k');
const QString Folder = QStringLiteral("/plugins");

/// Entry points and all, as read from a wheel.
ScannedMetadata metadataOf(const char *name)
{
    ScannedMetadata metadata;
    metadata.name = ProjectName::parse(QString::fromLatin1(name)).value();
    metadata.version = Version::parse(u"1.0").value();
    return metadata;
}

/// A wheel and its name, as the scanner knows them.
struct KnownFile
{
    QByteArray name;
    DiscoveredFile file;
};

QByteArray encoded(const QList<KnownFile> &files)
{
    QByteArrayList names;
    QList<DiscoveredFile> found;
    for (const KnownFile &known : files) {
        names += known.name;
        found += known.file;
    }
    return encodeIndex(KnownFiles(names, found), Key);
}

KnownFile known(const char *name, std::uint64_t inode = 1)
{
    KnownFile known;
    known.name = QByteArray(name) + "-1.0-py3-none-any.whl";
    known.file.path = Folder + u'/' + QString::fromLatin1(known.name);
    known.file.identity = {7, inode, -3, -4, 1'700'000'000'000'000'000};
    known.file.tagRank = 12;
    known.file.fileName = WheelFileName::parse(QString::fromLatin1(known.name)).value();
    known.file.metadata = {metadataOf(name).toText(), &ScannedMetadata::parse};
    return known;
}

} // namespace

class TestScanIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatIsWrittenIsRead()
    {
        KnownFile other = known("b", 2);
        other.file.error = Error(Codes::ResolvePython, QStringLiteral("needs Python '>=4'"), QStringLiteral("wait"));
        const auto files = decodeIndex(encoded({known("a"), other}), Key, Folder);
        QVERIFY(files);
        QCOMPARE(files->count(), 2);
        const DiscoveredFile a = files->file(0);
        QCOMPARE(files->name(0), QByteArrayView("a-1.0-py3-none-any.whl"));
        QCOMPARE(a.path, QStringLiteral("/plugins/a-1.0-py3-none-any.whl"));
        QVERIFY(a.identity == known("a").file.identity);
        QCOMPARE(a.tagRank, std::optional(12));
        QVERIFY(a.isUsable());
        QVERIFY(*a.metadata == metadataOf("a"));
        QCOMPARE(a.fileName->toString(), QStringLiteral("a-1.0-py3-none-any.whl"));
        QVERIFY(files->file(1).error == other.file.error);
        QVERIFY(files->file(1).isCandidate());
        // Written again, without having been parsed, it is the same.
        QCOMPARE(encodeIndex(*files, Key), encoded({known("a"), other}));
    }

    void whatIsKept()
    {
        KnownFile tags = known("b");
        tags.file.error = Error(ErrorCode("wheel-incompatible"), QStringLiteral("for another platform"));
        tags.file.metadata.reset();
        tags.file.tagRank.reset();
        KnownFile broken = known("c");
        broken.file.error = Error(ErrorCode("zip-truncated"), QStringLiteral("cut off"));
        broken.file.metadata.reset();
        const auto files = decodeIndex(encoded({known("a"), tags, broken}), Key, Folder);
        QCOMPARE(files->count(), 2);
        QVERIFY(!files->file(1).metadata);
        QVERIFY(!files->file(1).tagRank);
        QVERIFY(files->file(1).error == tags.file.error);
        QVERIFY(files->file(1).isIncompatible());
    }

    void nothingIsAnIndexToo()
    {
        const auto files = decodeIndex(encoded({}), Key, Folder);
        QVERIFY(files && files->count() == 0);
    }

    void whatIsRefused()
    {
        const QByteArray good = encoded({known("a"), known("b")});
        QVERIFY(decodeIndex(good, Key, Folder));
        QVERIFY(!decodeIndex(good, QByteArray(32, 'x'), Folder));
        QVERIFY(!decodeIndex(good + 'x', Key, Folder));
        for (qsizetype size = 0; size < good.size(); ++size)
            QVERIFY2(!decodeIndex(good.first(size), Key, Folder), qPrintable(QString::number(size)));
        for (qsizetype i = 0; i < good.size(); ++i) {
            QByteArray bad = good;
            bad[i] = static_cast<char>(bad.at(i) ^ 0x10);
            QVERIFY2(!decodeIndex(bad, Key, Folder), qPrintable(QString::number(i)));
        }
        // Whole and well summed up, but in no order that we write.
        QVERIFY(!decodeIndex(encoded({known("b"), known("a")}), Key, Folder));
        QVERIFY(!decodeIndex(encoded({known("a"), known("a")}), Key, Folder));
    }

    void settledAfterTwoSeconds()
    {
        DiscoveredFile file;
        file.identity.changeTime = 5'000'000'000;
        QVERIFY(isSettled(file, 7'000'000'000));
        QVERIFY(!isSettled(file, 6'999'999'999));
        QVERIFY(!isSettled(file, 1)); // changed in the future
    }
};

QTEST_GUILESS_MAIN(TestScanIndex)
#include "tst_scanindex.moc"
