#include <axle/wheel/digest.h>

#include <QtTest/QtTest>

using namespace Axle;

class DigestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void knownAnswers_data();
    void knownAnswers();
    void piecesMakeTheWhole();
    void nothingHasADigestToo();
    void names_data();
    void names();
    void canBeMoved();
};

void DigestTest::knownAnswers_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<QByteArray>("hex");
    // FIPS 180-4, the example message "abc".
    QTest::newRow("sha256") << int(HashAlgorithm::Sha256)
                            << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("sha384") << int(HashAlgorithm::Sha384)
                            << QByteArray(
                                   "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc23"
                                   "58baeca134c825a7");
    QTest::newRow("sha512") << int(HashAlgorithm::Sha512)
                            << QByteArray(
                                   "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a8"
                                   "36ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

void DigestTest::knownAnswers()
{
    QFETCH(int, algorithm);
    QFETCH(QByteArray, hex);
    const auto function = static_cast<HashAlgorithm>(algorithm);
    QCOMPARE(Digest::of(function, "abc").toHex(), hex);
    QCOMPARE(digestSize(function), hex.size() / 2);
}

void DigestTest::piecesMakeTheWhole()
{
    const QByteArray whole(100'000, 'x');
    Sha256 digest;
    for (qsizetype begin = 0; begin < whole.size(); begin += 777)
        digest.add(QByteArrayView(whole).sliced(begin, qMin<qsizetype>(777, whole.size() - begin)));
    QCOMPARE(digest.result(), Digest::of(HashAlgorithm::Sha256, whole));
}

void DigestTest::nothingHasADigestToo()
{
    Sha256 digest;
    digest.add({});
    QCOMPARE(digest.result().toHex(), QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void DigestTest::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("algorithm");
    QTest::newRow("sha256") << QStringLiteral("sha256") << int(HashAlgorithm::Sha256);
    QTest::newRow("sha384") << QStringLiteral("sha384") << int(HashAlgorithm::Sha384);
    QTest::newRow("sha512") << QStringLiteral("sha512") << int(HashAlgorithm::Sha512);
    for (const char *weak : {"md5", "sha1", "sha224", "SHA256", "sha3_256", "blake2b", ""})
        QTest::addRow("refused: %s", weak) << QString::fromLatin1(weak) << -1;
}

void DigestTest::names()
{
    QFETCH(QString, name);
    QFETCH(int, algorithm);
    const auto found = hashAlgorithm(name);
    QCOMPARE(found ? int(*found) : -1, algorithm);
}

void DigestTest::canBeMoved()
{
    Sha256 first;
    first.add("a");
    Digest second = std::move(first);
    second.add("bc");
    QCOMPARE(second.result(), Digest::of(HashAlgorithm::Sha256, "abc"));
}

QTEST_APPLESS_MAIN(DigestTest)
#include "tst_digest.moc"
