#include <axle/core/codes.h>
#include <axle/packaging/codes.h>
#include <axle/wheel/codes.h>
#include <axle/wheel/wheelreason.h>

#include <QtTest/QtTest>

using namespace Axle;

class WheelReasonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void reasons_data();
    void reasons();
    void everyCodeOfTheModuleHasOne();
    void foreignCodesHaveNone();
};

void WheelReasonTest::reasons_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("reason");
    const auto row = [](ErrorCode code, const char *reason) {
        QTest::newRow(code.name().data()) << QString(code.name()) << QString::fromLatin1(reason);
    };
    row(Codes::FileNotFound, "not-a-file");
    row(Codes::FileTruncated, "zip-structure");
    row(Codes::ZipTruncated, "not-a-zip");
    row(Codes::ZipGap, "zip-structure");
    row(Codes::ZipCrc, "crc");
    row(Codes::ZipMethod, "unsupported");
    row(Codes::ZipBomb, "bomb");
    row(Codes::ZipNameEncoding, "encoding");
    row(Codes::ZipNameTraversal, "unsafe-path");
    row(Codes::ZipSpecialFile, "special-entry");
    row(Codes::ZipDuplicateName, "duplicate-entry");
    row(Codes::WheelFilename, "filename");
    row(Codes::MetadataInvalid, "metadata");
    row(Codes::RequirementInvalid, "metadata");
    row(Codes::TagInvalid, "wheel-metadata");
    row(Codes::RecordHashMismatch, "record");
    row(Codes::EntryPointsInvalid, "entry-points");
    row(Codes::ExtensionsInvalid, "extensions");
    row(Codes::WheelIncompatible, "incompatible");
    row(Codes::WheelShadowsStdlib, "policy");
    row(Codes::ElfInvalid, "native");
    row(Codes::MetadataFormatNewer, "metadata");
}

void WheelReasonTest::reasons()
{
    QFETCH(QString, code);
    const QByteArray name = code.toLatin1();
    QTEST(QString(wheelErrorReason(ErrorCode(name.constData()))), "reason");
}

/// Reads the header, so that a new code cannot be forgotten.
void WheelReasonTest::everyCodeOfTheModuleHasOne()
{
    QFile header(QStringLiteral(AXLE_WHEEL_CODES_HEADER));
    QVERIFY(header.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(header.readAll());
    static const QRegularExpression declaration(QStringLiteral("ErrorCode \\w+\\{\"([a-z0-9-]+)\"\\}"));
    int count = 0;
    for (auto match = declaration.globalMatch(text); match.hasNext(); ++count) {
        const QByteArray name = match.next().captured(1).toLatin1();
        const bool isOfReading = name != "wheel-not-written";
        QVERIFY2(wheelErrorReason(ErrorCode(name.constData())).isEmpty() != isOfReading, name.constData());
    }
    QVERIFY(count > 60);
}

void WheelReasonTest::foreignCodesHaveNone()
{
    QVERIFY(wheelErrorReason(ErrorCode("resolve-conflict")).isEmpty());
    QVERIFY(wheelErrorReason({}).isEmpty());
}

QTEST_APPLESS_MAIN(WheelReasonTest)
#include "tst_wheelreason.moc"
