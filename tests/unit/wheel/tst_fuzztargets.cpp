#include "targets.h"

#include <QtTest/QtTest>

#include <array>

using namespace Axle::Fuzz;

namespace {

/// What a fuzzer does to bytes, without looking at what they cause.
QByteArray mutated(const QByteArray &bytes, Random &random)
{
    const auto below = [&](qsizetype limit) {
        return static_cast<qsizetype>(random() % static_cast<Random::result_type>(limit));
    };
    constexpr std::array<char, 10> Likely{'\0', '\1', '\377', '\177', 'P', '\n', '.', ',', '"', ' '};
    QByteArray result = bytes;
    for (qsizetype changes = 1 + below(4); changes > 0; --changes) {
        const char byte = below(2) ? Likely.at(size_t(below(Likely.size()))) : char(below(256));
        const qsizetype at = below(result.size() + 1);
        if (at == result.size() || below(4) == 0)
            result.insert(at, byte);
        else
            result[at] = byte;
    }
    if (below(8) == 0)
        result.truncate(below(result.size()));
    return result;
}

} // namespace

/// Every fuzz target without a fuzzer: what was ever found, and some thousand mutants of its seeds, in every test run and
/// under every sanitizer. A broken law ends the program.
class FuzzTargetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyCorpusHasATarget();
    void findings_data() { addTargets(); }
    void findings();
    void mutants_data() { addTargets(); }
    void mutants();

private:
    static void addTargets();
};

Q_DECLARE_METATYPE(Target)

void FuzzTargetsTest::addTargets()
{
    QTest::addColumn<Target>("target");
    for (const Target &target : targets())
        QTest::newRow(target.name) << target;
}

void FuzzTargetsTest::everyCorpusHasATarget()
{
    QStringList names;
    for (const Target &target : targets())
        names += QString::fromLatin1(target.name);
    names.sort();
    const QDir corpus(QStringLiteral(AXLE_FUZZ_CORPUS));
    QCOMPARE(corpus.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name), names);
}

void FuzzTargetsTest::findings()
{
    QFETCH(Target, target);
    const QDir folder(QStringLiteral(AXLE_FUZZ_CORPUS "/") + QString::fromLatin1(target.name));
    const QFileInfoList files = folder.entryInfoList(QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        target.run(file.readAll());
    }
}

void FuzzTargetsTest::mutants()
{
    QFETCH(Target, target);
    constexpr int Rounds = 3000;
    Random random(20130604); // any number will do, so long as a failure can be repeated
    const ByteMutator mutateBytes = [&random](const QByteArray &bytes) { return mutated(bytes, random); };
    const QList<QByteArray> seeds = target.seeds().values();
    for (const QByteArray &seed : seeds)
        target.run(seed);
    for (int round = 0; round < Rounds; ++round) {
        const QByteArray &seed = seeds[round % seeds.size()];
        target.run(target.mutate ? target.mutate(seed, random, mutateBytes) : mutateBytes(seed));
    }
}

QTEST_APPLESS_MAIN(FuzzTargetsTest)
#include "tst_fuzztargets.moc"
