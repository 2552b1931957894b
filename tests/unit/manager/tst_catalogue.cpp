#include "catalogue_p.h"

#include <axle/core/codes.h>
#include <axle/resolver/codes.h>

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Internal;

namespace {

constexpr ErrorCode Broken{"zip-truncated"};
constexpr ErrorCode Incompatible{"wheel-incompatible"};

DiscoveredFile wheel(const QString &fileName, std::uint64_t inode = 1)
{
    DiscoveredFile file;
    file.path = QStringLiteral("/plugins/") + fileName;
    file.identity.inode = inode;
    file.fileName = WheelFileName::parse(fileName).value();
    ScannedMetadata metadata;
    metadata.name = file.fileName->name;
    metadata.version = file.fileName->version;
    file.metadata = metadata;
    file.tagRank = 0;
    return file;
}

DiscoveredFile broken(DiscoveredFile file, ErrorCode code = Broken)
{
    file.metadata.reset();
    file.error = Error(code, QStringLiteral("no good"));
    return file;
}

FolderListing listing(const QList<DiscoveredFile> &files, const Error &untrusted = {})
{
    return {QStringLiteral("/plugins"), {}, untrusted, files};
}

/// "id: file file!" for each entry; `!` marks what cannot be used.
QStringList described(const Catalogue &catalogue)
{
    QStringList lines;
    for (const CatalogueEntry &entry : catalogue.entries()) {
        QStringList files;
        for (const DiscoveredFile &file : entry.files)
            files += file.path.section(u'/', -1).section(QStringLiteral("-py3"), 0, 0)
                + QString::fromLatin1(file.isUsable() ? "" : "!");
        lines += entry.id + QStringLiteral(": ") + files.join(u' ');
    }
    return lines;
}

const QString Old = QStringLiteral("palette-1.0-py3-none-any.whl");
const QString New = QStringLiteral("palette-1.10-py3-none-any.whl");
const QString Middle = QStringLiteral("palette-1.9-py3-none-any.whl");

/// Of the first entry.
QStringList unusablePaths(const Catalogue &catalogue)
{
    QStringList paths;
    for (const DiscoveredFile &file : catalogue.entries().first().unusable)
        paths += file.path;
    return paths;
}

} // namespace

class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void grouping_data();
    void grouping();
    void differences();
    void unreadableFoldersAreReported();
    void unfinishedFilesStayAsTheyWereKnown();
    void untrustedFilesStandBehindTrustedOnes();
    void refusalLastsAsLongAsTheFile();
    void forgivenFilesAreUsableAgain();
    void uselessFilesAreForTheResolver();
    void distrustedFilesAreForTheResolver();
};

void TestCatalogue::grouping_data()
{
    QTest::addColumn<QList<DiscoveredFile>>("files");
    QTest::addColumn<QStringList>("expected");

    QTest::addRow("nothing") << QList<DiscoveredFile>() << QStringList();
    QTest::addRow("versions of one project, newest first")
        << QList{wheel(Old), wheel(New), wheel(Middle)} << QStringList{"palette: palette-1.10 palette-1.9 palette-1.0"};
    QTest::addRow("ids sorted") << QList{wheel("zoo-1-py3-none-any.whl"), wheel("Ape.House-1-py3-none-any.whl")}
                                << QStringList{"ape-house: Ape.House-1", "zoo: zoo-1"};
    QTest::addRow("a bad file alone has its project's name")
        << QList{broken(wheel(Old))} << QStringList{"palette: palette-1.0!"};
    QTest::addRow("a bad file beside a good one has its own") << QList{broken(wheel(New)),
        wheel(Old)} << QStringList{"palette: palette-1.0", "palette-1.10-py3-none-any.whl: palette-1.10!"};
    QTest::addRow("of two bad ones the newer stands for the project") << QList{broken(wheel(Old)),
        broken(wheel(New))} << QStringList{"palette: palette-1.10!", "palette-1.0-py3-none-any.whl: palette-1.0!"};
    QTest::addRow("another Python's wheel alone is told of")
        << QList{broken(wheel(New), Incompatible)} << QStringList{"palette: palette-1.10!"};
    QTest::addRow("another Python's wheel beside a good one is not")
        << QList{broken(wheel(New), Incompatible), wheel(Old)} << QStringList{"palette: palette-1.0"};
    DiscoveredFile nameless;
    nameless.path = QStringLiteral("/plugins/notes.whl");
    nameless.error = Error(Broken, QStringLiteral("no good"));
    QTest::addRow("no wheel at all") << QList{nameless} << QStringList{"notes.whl: notes.whl!"};
    DiscoveredFile twin = nameless;
    twin.path = QStringLiteral("/other/notes.whl");
    QTest::addRow("one file name in two folders")
        << QList{nameless, twin} << QStringList{"/plugins/notes.whl: notes.whl!", "notes.whl: notes.whl!"};
}

void TestCatalogue::grouping()
{
    QFETCH(QList<DiscoveredFile>, files);
    QFETCH(QStringList, expected);

    Catalogue catalogue;
    catalogue.update({listing(files)}, {});
    QCOMPARE(described(catalogue), expected);

    std::reverse(files.begin(), files.end());
    Catalogue reversed;
    reversed.update({listing(files)}, {});
    QCOMPARE(described(reversed), expected);
}

void TestCatalogue::differences()
{
    const DiscoveredFile other = wheel("zoo-1-py3-none-any.whl");
    Catalogue catalogue;
    const ScanReport first = catalogue.update({listing({wheel(Old), other})}, {});
    QCOMPARE(first.added, (QStringList{"palette", "zoo"}));
    QCOMPARE(first.changed + first.removed, QStringList());

    const ScanReport same = catalogue.update({listing({other, wheel(Old)})}, {});
    QCOMPARE(same.added + same.changed + same.removed, QStringList());

    const ScanReport rewritten = catalogue.update({listing({wheel(Old, 2), other})}, {});
    QCOMPARE(rewritten.changed, QStringList{"palette"});
    const ScanReport newer = catalogue.update({listing({wheel(Old, 2), wheel(New), other})}, {});
    QCOMPARE(newer.changed, QStringList{"palette"});
    const ScanReport gone = catalogue.update({listing({other})}, {});
    QCOMPARE(gone.removed, QStringList{"palette"});
    QCOMPARE(gone.added + gone.changed, QStringList());
}

void TestCatalogue::unreadableFoldersAreReported()
{
    const Error unreadable(Codes::FileUnreadable, QStringLiteral("no"));
    const Error untrusted(Broken, QStringLiteral("not ours"));
    Catalogue catalogue;
    const ScanReport report =
        catalogue.update({{QStringLiteral("/nowhere"), unreadable, {}, {}}, listing({wheel(Old)}, untrusted)}, {});
    QCOMPARE(report.ignored, (QList{unreadable, untrusted}));
    QCOMPARE(report.added, QStringList{"palette"});
}

void TestCatalogue::unfinishedFilesStayAsTheyWereKnown()
{
    Catalogue catalogue;
    const QStringList unfinished{wheel(Old).path, wheel(New).path};
    catalogue.update({listing({wheel(Old)})}, {});
    const ScanReport report = catalogue.update({listing({broken(wheel(Old, 2)), broken(wheel(New))})}, unfinished);
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.0"});
    QCOMPARE(report.changed, QStringList());
    // A scan that was told of them leaves them out itself.
    catalogue.update({listing({})}, unfinished);
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.0"});
}

void TestCatalogue::untrustedFilesStandBehindTrustedOnes()
{
    const Error untrusted(Broken, QStringLiteral("not ours"));
    Catalogue catalogue;
    catalogue.update({listing({wheel(New)}, untrusted)}, {});
    QCOMPARE(catalogue.entries().constFirst().untrusted, untrusted);
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.10"});
    catalogue.update({listing({wheel(New)}, untrusted), listing({wheel(Old)})}, {});
    QCOMPARE(catalogue.entries().constFirst().untrusted, Error());
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.0"});
}

void TestCatalogue::refusalLastsAsLongAsTheFile()
{
    Catalogue catalogue;
    catalogue.update({listing({wheel(Old)})}, {});
    DiscoveredFile refused = wheel(Old);
    refused.error = Error(Broken, QStringLiteral("hash"));
    catalogue.replaceFile(refused);
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.0!"});
    catalogue.update({listing({wheel(Old)})}, {});
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.0!"});
    catalogue.update({listing({wheel(Old, 2)})}, {});
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.0"});
    catalogue.update({listing({wheel(Old)})}, {});
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.0"});
}

void TestCatalogue::forgivenFilesAreUsableAgain()
{
    Catalogue catalogue;
    catalogue.update({listing({wheel(Old), broken(wheel(New))})}, {});
    DiscoveredFile refused = wheel(Old);
    refused.error = Error(Broken, QStringLiteral("hash"));
    catalogue.replaceFile(refused);
    catalogue.forgive(refused.path);
    catalogue.forgive(wheel(New).path); // that was never usable
    QCOMPARE(
        described(catalogue), (QStringList{"palette: palette-1.0", "palette-1.10-py3-none-any.whl: palette-1.10!"}));
}

void TestCatalogue::uselessFilesAreForTheResolver()
{
    DiscoveredFile newer = wheel(New);
    newer.error = Error(Codes::ResolvePython, QStringLiteral("needs Python '>=4'"));
    Catalogue catalogue;
    catalogue.update({listing({wheel(Old)})}, {});
    QVERIFY(catalogue.entries().first().unusable.isEmpty());
    const ScanReport with = catalogue.update({listing({wheel(Old), newer, broken(wheel(Middle))})}, {});
    QCOMPARE(described(catalogue).first(), "palette: palette-1.0");
    QCOMPARE(unusablePaths(catalogue), (QStringList{newer.path, wheel(Middle).path}));
    // What is used has not changed.
    QCOMPARE(with.changed, QStringList());
    // Alone it stands for the project, and is there for the resolver all the same.
    catalogue.update({listing({newer})}, {});
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.10!"});
    QCOMPARE(unusablePaths(catalogue), QStringList{newer.path});
}

void TestCatalogue::distrustedFilesAreForTheResolver()
{
    const Error why(ErrorCode("folder-untrusted"), QStringLiteral("no"));
    Catalogue catalogue;
    catalogue.update({listing({wheel(Old)}), listing({wheel(New)}, why)}, {});
    QCOMPARE(described(catalogue), QStringList{"palette: palette-1.0"});
    QCOMPARE(unusablePaths(catalogue), QStringList{wheel(New).path});
    QCOMPARE(catalogue.entries().first().unusable.first().error, why);
}

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
