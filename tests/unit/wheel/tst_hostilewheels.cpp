#include "support/hostilewheels.h"
#include "support/wheelbuilder.h"

#include <axle/wheel/wheel.h>

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

/// Codes that no single file can hit wherever it lies, and why.
const QMap<QString, QString> &beyondAFile()
{
    static const QMap<QString, QString> reasons{
        {QStringLiteral("file-foreign-owner"), QStringLiteral("a file of another user")},
        {QStringLiteral("file-changed"), QStringLiteral("a folder that changes while it is read")},
        {QStringLiteral("wheel-top-level-conflict"), QStringLiteral("two wheels")},
        {QStringLiteral("wheel-not-written"), QStringLiteral("a wheel that is written")},
        {QStringLiteral("marker-invalid"), QStringLiteral("a marker alone; in a wheel, its requirement is invalid")},
        {QStringLiteral("marker-variable-unknown"), QStringLiteral("a marker alone; in a wheel, likewise")},
        {QStringLiteral("marker-undefined"), QStringLiteral("a marker that is evaluated; in a wheel, it is false")},
    };
    return reasons;
}

QStringList declaredCodes()
{
    static const QRegularExpression pattern(QStringLiteral("ErrorCode \\w+\\{\"([^\"]+)\"\\}"));
    QStringList codes;
    for (const char *header : {AXLE_WHEEL_CODES_HEADER, AXLE_PACKAGING_CODES_HEADER}) {
        QFile file(QString::fromUtf8(header));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        auto matches = pattern.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext())
            codes += matches.next().captured(1);
    }
    return codes;
}

QString write(const HostileWheel &wheel, const QString &folder)
{
    const QString path = writeFile(folder, wheel.fileName, wheel.size > 0 ? QByteArray() : wheel.bytes);
    QFile file(path);
    const bool isLong = wheel.size > 0;
    if (isLong
        && (!file.open(QIODevice::ReadWrite) || !file.seek(wheel.size - wheel.bytes.size())
            || file.write(wheel.bytes) != wheel.bytes.size()))
        return {};
    return path;
}

/// What is found in the wheel at `path`, each code once.
QStringList codesIn(const QString &path)
{
    QStringList codes;
    for (const Finding &finding : Wheel::verify(path))
        codes += QString(finding.error.code().name());
    const auto name = WheelFileName::parse(QFileInfo(path).fileName());
    const auto isCompatible = name ? checkCompatible(*name, TargetPython::current()) : Result<void>();
    if (!isCompatible)
        codes += QString(isCompatible.error().code().name());
    codes.removeDuplicates();
    return codes;
}

bool isMounted(const QString &path)
{
    const auto wheel = Wheel::open(path);
    return wheel && wheel->readAll();
}

} // namespace

/// A wheel for each code, which shows that code and no other.
class HostileWheelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyCodeHasAWheel();
    void oneWheelOneCode_data();
    void oneWheelOneCode();
};

/// A new code fails here until a wheel hits it.
void HostileWheelsTest::everyCodeHasAWheel()
{
    QStringList missing = declaredCodes();
    QVERIFY(missing.size() > 50);
    QStringList unknown;
    QStringList hit = beyondAFile().keys();
    for (const HostileWheel &wheel : hostileWheels())
        hit += QString::fromLatin1(wheel.code);
    for (const QString &code : std::as_const(hit)) {
        if (missing.removeAll(code) == 0)
            unknown += code;
    }
    QCOMPARE(missing.join(u' '), QString());
    QCOMPARE(unknown.join(u' '), QString()); // no longer declared, or named twice
}

void HostileWheelsTest::oneWheelOneCode_data()
{
    QTest::addColumn<int>("index");
    const QList<HostileWheel> wheels = hostileWheels();
    for (int i = 0; i < wheels.size(); ++i)
        QTest::newRow(wheels[i].code) << i;
}

void HostileWheelsTest::oneWheelOneCode()
{
    QFETCH(int, index);
    static const QList<HostileWheel> wheels = hostileWheels();
    const QTemporaryDir folder;
    const QString path = write(wheels[index], folder.path());
    QVERIFY(!path.isEmpty());
    QStringList codes = codesIn(path);
    if (wheels[index].size > 0)
        codes = codes.mid(0, 1); // the zeros are one thing more
    QCOMPARE(codes.join(u' '), QString::fromLatin1(wheels[index].code));
    const QList<Finding> findings = Wheel::verify(path);
    const bool isFatal = std::any_of(findings.begin(), findings.end(),
        [](const Finding &finding) { return finding.severity == Finding::Severity::Fatal; });
    QVERIFY(!isFatal || !isMounted(path));
}

QTEST_GUILESS_MAIN(HostileWheelsTest)
#include "tst_hostilewheels.moc"
