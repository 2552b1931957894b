// What pypa/packaging answers to thousands of made-up texts; reference/generate.py wrote the answers down.
#include <axle/packaging/platform.h>
#include <axle/packaging/requirement.h>
#include <axle/packaging/tag.h>

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

const QString Invalid = QStringLiteral("invalid");

QString describe(const Version &version)
{
    return QStringLiteral("%1 %2 %3 %4%5%6")
        .arg(version.toString(), version.publicVersion(), version.baseVersion())
        .arg(int(version.isPrerelease()))
        .arg(int(version.isPostrelease()))
        .arg(int(version.isDevrelease()));
}

QString versions(const QJsonArray &vector)
{
    const auto version = Version::parse(vector[0].toString());
    return version ? describe(*version) : Invalid;
}

QString order(const QJsonArray &vector)
{
    const auto a = Version::parse(vector[0].toString());
    const auto b = Version::parse(vector[1].toString());
    if (!a || !b)
        return Invalid;
    return *a < *b ? QStringLiteral("<") : *a > *b ? QStringLiteral(">") : QStringLiteral("=");
}

QString specifiers(const QJsonArray &vector)
{
    const auto set = SpecifierSet::parse(vector[0].toString());
    return set ? set->toString() : Invalid;
}

QString contains(const QJsonArray &vector)
{
    const auto set = SpecifierSet::parse(vector[0].toString());
    const auto version = Version::parse(vector[1].toString());
    if (!set || !version)
        return Invalid;
    const QString answer = set->contains(*version, Prereleases::Allow) ? QStringLiteral("yes") : QStringLiteral("no");
    return set->namesPrerelease() ? answer + QStringLiteral(" names a pre-release") : answer;
}

QString equality(const QJsonArray &vector)
{
    const auto a = SpecifierSet::parse(vector[0].toString());
    const auto b = SpecifierSet::parse(vector[1].toString());
    if (!a || !b)
        return Invalid;
    return *a == *b ? QStringLiteral("equal") : QStringLiteral("different");
}

/// The environment of generate.py, with what the vector changes in it.
MarkerEnvironment environmentWith(const QJsonObject &changes)
{
    MarkerEnvironment environment;
    environment.variables = {
        {QStringLiteral("implementation_name"), QStringLiteral("cpython")},
        {QStringLiteral("implementation_version"), QStringLiteral("3.11.2")},
        {QStringLiteral("os_name"), QStringLiteral("posix")},
        {QStringLiteral("platform_machine"), QStringLiteral("x86_64")},
        {QStringLiteral("platform_python_implementation"), QStringLiteral("CPython")},
        {QStringLiteral("platform_release"), QStringLiteral("6.1")},
        {QStringLiteral("platform_system"), QStringLiteral("Linux")},
        {QStringLiteral("platform_version"), QStringLiteral("#1 SMP")},
        {QStringLiteral("python_full_version"), QStringLiteral("3.11.2")},
        {QStringLiteral("python_version"), QStringLiteral("3.11")},
        {QStringLiteral("sys_platform"), QStringLiteral("linux")},
    };
    for (auto it = changes.begin(); it != changes.end(); ++it)
        environment.variables[it.key()] = it->toString();
    return environment;
}

QString markers(const QJsonArray &vector)
{
    const auto marker = Marker::parse(vector[0].toString());
    if (!marker)
        return Invalid;
    const QJsonObject changes = vector[1].toObject();
    const QString extra = changes.value(u"extra").toString();
    const bool holds =
        marker->evaluate(environmentWith(changes), extra.isEmpty() ? QSet<QString>() : QSet<QString>{extra});
    return (holds ? QStringLiteral("true ") : QStringLiteral("false ")) + marker->toString();
}

QString requirements(const QJsonArray &vector)
{
    const auto requirement = Requirement::parse(vector[0].toString());
    return requirement ? requirement->toString() : Invalid;
}

QStringList strings(const QJsonValue &value)
{
    return QVariant(value.toArray().toVariantList()).toStringList();
}

QList<int> integers(const QJsonValue &value)
{
    QList<int> result;
    for (const QJsonValue &number : value.toArray())
        result += number.toInt();
    return result;
}

QString texts(const QList<Tag> &tags)
{
    QStringList result;
    for (const Tag &tag : tags)
        result += tag.toString();
    return result.join(u' ');
}

QString linuxTags(const QJsonArray &vector)
{
    const QString name = vector[2].toString();
    const auto kind = name == u"glibc" ? CLibrary::Kind::Glibc
        : name == u"musl"              ? CLibrary::Kind::Musl
                                       : CLibrary::Kind::Other;
    return linuxPlatforms(vector[1].toString(), CLibrary{kind, vector[3].toInt(), vector[4].toInt()}).join(u' ');
}

QString systemTags(const QJsonArray &vector)
{
    TargetPython python;
    python.implementation = vector[1].toString();
    python.soabi = vector[2].toString();
    python.major = vector[3][0].toInt();
    python.minor = vector[3][1].toInt();
    python.abiFlags = vector[4].toString();
    python.platforms = QStringList{QStringLiteral("x")};
    return texts(TagSet::supportedBy(python).tags());
}

QString tags(const QJsonArray &vector)
{
    const QString kind = vector[0].toString();
    if (kind == u"mac")
        return macPlatforms(vector[1].toInt(), vector[2].toInt(), vector[3].toString()).join(u' ');
    if (kind == u"linux")
        return linuxTags(vector);
    if (kind == u"cpython")
        return texts(cpythonTags(integers(vector[1]), strings(vector[2]), strings(vector[3])));
    if (kind == u"generic")
        return texts(genericTags(vector[1].toString(), strings(vector[2]), strings(vector[3])));
    if (kind == u"compatible")
        return texts(compatibleTags(integers(vector[1]), vector[2].toString(), strings(vector[3])));
    return systemTags(vector);
}

} // namespace

using Question = QString (*)(const QJsonArray &);
Q_DECLARE_METATYPE(Question)

class ReferenceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void answersAlike_data();
    void answersAlike();
};

void ReferenceTest::answersAlike_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<Question>("ask");
    const auto row = [](const char *name, Question ask) { QTest::newRow(name) << QString::fromLatin1(name) << ask; };
    row("versions", versions);
    row("order", order);
    row("specifiers", specifiers);
    row("contains", contains);
    row("equality", equality);
    row("markers", markers);
    row("requirements", requirements);
    row("tags", tags);
}

void ReferenceTest::answersAlike()
{
    QFETCH(const QString, file);
    QFETCH(const Question, ask);
    // A folder of more vectors than are kept here, for a longer comparison.
    const QString folder = qEnvironmentVariable("AXLE_REFERENCE", QStringLiteral(AXLE_REFERENCE_FOLDER));
    QFile vectors(folder + u'/' + file + QStringLiteral(".jsonl"));
    QVERIFY2(vectors.open(QIODevice::ReadOnly), qPrintable(vectors.errorString()));
    int compared = 0;
    QStringList differences;
    while (!vectors.atEnd()) {
        const QByteArray line = vectors.readLine();
        const QJsonArray vector = QJsonDocument::fromJson(line).array();
        QVERIFY2(vector.size() >= 2, line);
        const QString found = ask(vector);
        ++compared;
        if (found != vector.last().toString())
            differences += QStringLiteral("%1  found \"%2\"").arg(QString::fromUtf8(line), found);
    }
    QVERIFY2(differences.isEmpty(),
        qPrintable(QStringLiteral("%1 of %2 differ:\n").arg(differences.size()).arg(compared)
            + differences.mid(0, 20).join(u'\n')));
    QVERIFY(compared >= 100);
}

QTEST_APPLESS_MAIN(ReferenceTest)
#include "tst_reference.moc"
