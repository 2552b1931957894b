#include "support/memoryfile.h"
#include "support/rawzip.h"
#include "support/realwheels.h"

#include <axle/wheel/wheelarchive.h>
#include <axle/wheel/wheelwriter.h>

#include <QtTest/QtTest>

#include <algorithm>
#include <random>

#ifdef AXLE_HAS_LIBZIP
#    include <zip.h>
#endif

using namespace Axle;
using namespace Axle::Test;

namespace {

constexpr qsizetype MutantLimit = 200'000; // bytes of an archive worth changing

QByteArray line(const QByteArray &name, qint64 size, std::uint32_t crc32)
{
    return name.toHex() + ' ' + QByteArray::number(size) + ' ' + QByteArray::number(crc32);
}

/// Name, size and CRC of each member; nothing when Axle refuses the archive or the data of one.
std::optional<QByteArrayList> accepted(const QByteArray &bytes)
{
    const auto archive = WheelArchive::open(memoryFile(bytes));
    if (!archive)
        return std::nullopt;
    QByteArrayList lines;
    for (const ArchiveMember &member : (*archive)->members()) {
        if (!(*archive)->read(member))
            return std::nullopt;
        lines += line(member.rawName.toByteArray(), member.size, member.crc32);
    }
    return lines;
}

QList<QByteArray> generated()
{
    QList<QByteArray> all;
    const auto add = [&](auto change) {
        RawZip zip;
        zip.add("a/b.txt", "stored", RawMethod::Stored);
        zip.add("a/c.txt", QByteArray(5000, 'c'));
        zip.add("a/");
        change(zip);
        all += zip.bytes();
    };
    add([](RawZip &) {});
    add([](RawZip &zip) { zip.members.clear(); });
    add([](RawZip &zip) { zip.add("\303\251t\303\251_\344\270\255.txt", "unicode"); });
    add([](RawZip &zip) { zip.add("empty", {}); });
    add([](RawZip &zip) { zip.end.comment = "a comment"; });
    add([](RawZip &zip) { zip.members[1].useDescriptor(); });
    add([](RawZip &zip) { zip.members[0].useZip64(0); });
    add([](RawZip &zip) { zip.zip64 = RawZip64(); });
    add([](RawZip &zip) { zip.members[0].local.extra = le16(0x5455) + le16(5) + QByteArray(5, '\1'); });
    add([](RawZip &zip) { zip.members[0].local.extra = le16(1) + le16(16) + le64(6) + le64(6); });
    add([](RawZip &zip) { zip.members[0].central.mode = 0; });
    add([](RawZip &zip) { zip.members[0].central.mode = 0100755; });
    add([](RawZip &zip) {
        std::swap(zip.members[0].central, zip.members[1].central);
        zip.members[0].central.offset = 30 + 7 + 6;
        zip.members[1].central.offset = 0;
    });
    add([](RawZip &zip) {
        for (int i = 0; i < 3000; ++i)
            zip.add("many/" + QByteArray::number(i), {}, RawMethod::Stored);
    });
    return all;
}

/// What `WheelWriter` makes, with each kind of member that it has.
QByteArray written()
{
    const QTemporaryDir folder;
    WheelWriter writer(QStringLiteral("demo"), QStringLiteral("1.0"), QStringLiteral("py3-none-any"));
    writer.addFile(QStringLiteral("demo/__init__.py"), {});
    writer.addFile(QStringLiteral("demo/\u00e9t\u00e9.py"), "VALUE = 1\n");
    writer.addDataFile(WheelWriter::Scheme::Scripts, QStringLiteral("demo"), "#!python\n", true);
    writer.addLicenseFile(QStringLiteral("LICENSE"), "free\n");
    const auto path = writer.write(folder.path());
    QFile file(path ? *path : QString());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<QByteArray> realWheels()
{
    QList<QByteArray> all;
    const QDir folder(realWheelFolder());
    const QStringList names = folder.entryList({QStringLiteral("*.whl")}, QDir::Files);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

/// Archives with one to three fields changed, near the end as often as anywhere, that Axle accepts all the same.
QList<QByteArray> acceptedMutants(const QList<QByteArray> &originals, int tries)
{
    std::mt19937 random(20260402);
    const auto below = [&](qsizetype limit) { return static_cast<qsizetype>(random() % static_cast<quint64>(limit)); };
    QList<QByteArray> all;
    for (int i = 0; i < tries; ++i) {
        QByteArray bytes = originals.at(below(originals.size()));
        for (qsizetype change = below(3); change >= 0; --change) {
            const qsizetype range = below(2) == 0 ? bytes.size() : qMin<qsizetype>(bytes.size(), 400);
            bytes[bytes.size() - 1 - below(range)] = static_cast<char>(random());
        }
        if (accepted(bytes))
            all += bytes;
    }
    return all;
}

#ifdef AXLE_HAS_LIBZIP
/// The same list as libzip has it; one line that says why when it refuses the archive. Its consistency check also holds
/// the version that a local header needs against the central one's, which Axle lets pass, and which a mutant can change.
QByteArrayList libzipView(const QString &path, bool isMutant)
{
    const QByteArray file = QFile::encodeName(path);
    int code = 0;
    zip_t *archive = ::zip_open(file.constData(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (!archive && isMutant && code == ZIP_ER_INCONS)
        archive = ::zip_open(file.constData(), ZIP_RDONLY, &code);
    if (!archive)
        return {"refused: " + QByteArray::number(code)};
    const auto close = qScopeGuard([&] { ::zip_discard(archive); });
    QByteArrayList lines;
    const zip_int64_t count = ::zip_get_num_entries(archive, 0);
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        zip_stat_t status;
        if (::zip_stat_index(archive, i, ZIP_FL_ENC_STRICT, &status) != 0)
            return {"refused: no status"};
        lines += line(status.name, static_cast<qint64>(status.size), status.crc);
    }
    return lines;
}
#endif

} // namespace

/// What Axle accepts, CPython's zipfile and libzip accept, with the same names, sizes and CRCs.
class OtherReadersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void initTestCase();
    void zipfileAgrees();
    void libzipAgrees();

private:
    static QString name(qsizetype number) { return QString::number(number).rightJustified(5, u'0'); }

    QTemporaryDir m_folder;
    QString m_firstMutant;
    QMap<QString, QByteArrayList> m_expected; // by file name
};

void OtherReadersTest::initTestCase()
{
    QList<QByteArray> archives = generated();
    archives += written();
    archives += realWheels();
    QList<QByteArray> small;
    std::copy_if(archives.begin(), archives.end(), std::back_inserter(small),
        [](const QByteArray &bytes) { return bytes.size() < MutantLimit; });
    const QList<QByteArray> mutants = acceptedMutants(small, 30'000);
    QVERIFY2(mutants.size() > 200, "hardly a mutant was accepted, expected enough to compare");
    m_firstMutant = name(archives.size());
    archives += mutants;
    for (qsizetype i = 0; i < archives.size(); ++i) {
        const auto lines = accepted(archives.at(i));
        QVERIFY2(lines, qPrintable(QStringLiteral("archive %1 was refused").arg(i)));
        QFile file(m_folder.filePath(name(i)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(archives.at(i)) == archives.at(i).size());
        m_expected[name(i)] = *lines;
    }
    qInfo() << generated().size() << "generated," << realWheels().size() << "real," << mutants.size() << "mutants";
}

void OtherReadersTest::zipfileAgrees()
{
    QProcess python;
    python.start(
        QStringLiteral(AXLE_PYTHON), {QStringLiteral("-I"), QStringLiteral(AXLE_ZIPFILE_VIEW), m_folder.path()});
    QVERIFY(python.waitForFinished(240'000));
    QCOMPARE(python.readAllStandardError(), QByteArray());
    QMap<QString, QByteArrayList> found;
    const QByteArrayList lines = python.readAllStandardOutput().split('\n');
    for (const QByteArray &text : lines) {
        if (!text.isEmpty())
            found[QString::fromLatin1(text.first(5))] += text.sliced(6);
    }
    for (auto archive = m_expected.cbegin(); archive != m_expected.cend(); ++archive)
        QCOMPARE(found.value(archive.key()), archive.value());
}

void OtherReadersTest::libzipAgrees()
{
#ifdef AXLE_HAS_LIBZIP
    for (auto archive = m_expected.cbegin(); archive != m_expected.cend(); ++archive)
        QCOMPARE(libzipView(m_folder.filePath(archive.key()), archive.key() >= m_firstMutant), archive.value());
#else
    QSKIP("built without libzip: ./dev installs libzip-dev");
#endif
}

QTEST_GUILESS_MAIN(OtherReadersTest)
#include "tst_otherreaders.moc"
