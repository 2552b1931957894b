#include "support/wheelbuilder.h"

#include <QtTest/QtTest>

#include <random>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

using namespace Axle::Test;

/// The fuzz target without a fuzzer: what was ever found, and some thousand mutants of a good wheel, in every test run and
/// under every sanitizer. It fails by crashing.
class FuzzArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findings();
    void mutants();

private:
    static void run(const QByteArray &bytes);
};

void FuzzArchiveTest::run(const QByteArray &bytes)
{
    QCOMPARE(LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(bytes.constData()), size_t(bytes.size())), 0);
}

void FuzzArchiveTest::findings()
{
    const QDir folder(QStringLiteral(AXLE_FUZZ_CORPUS "/archive"));
    QVERIFY(folder.exists());
    for (const QFileInfo &info : folder.entryInfoList(QDir::Files | QDir::Hidden)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        run(file.readAll());
    }
}

void FuzzArchiveTest::mutants()
{
    const QTemporaryDir folder;
    QFile file(WheelBuilder("demo").file("demo/__init__.py", QByteArray(200, 'x')).write(folder.path()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    run(whole);
    std::mt19937 random(20130604); // any number will do, so long as a failure can be repeated
    const auto below = [&](qsizetype limit) {
        return static_cast<qsizetype>(random() % static_cast<std::mt19937::result_type>(limit));
    };
    constexpr std::array<char, 6> Likely{'\0', '\1', '\377', '\377', '\177', 'P'};
    for (int round = 0; round < 3000; ++round) {
        QByteArray bytes = whole;
        for (qsizetype changes = 1 + below(4); changes > 0; --changes)
            bytes[below(bytes.size())] = below(2) ? Likely.at(size_t(below(Likely.size()))) : char(below(256));
        if (below(8) == 0)
            bytes.truncate(below(bytes.size()));
        run(bytes);
    }
}

QTEST_APPLESS_MAIN(FuzzArchiveTest)
#include "tst_fuzzarchive.moc"
