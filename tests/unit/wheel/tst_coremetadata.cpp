#include <axle/wheel/codes.h>
#include <axle/wheel/coremetadata.h>

#include <QtTest/QtTest>

using namespace Axle;

namespace {

const QByteArray Minimal = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n";

QString describe(const Result<CoreMetadata> &result)
{
    return result ? QString() : result.error().toString();
}

} // namespace

class CoreMetadataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatHostsAskFor();
    void formats_data();
    void formats();
    void descriptions_data();
    void descriptions();
    void foldedRequirement();
    void headersKeepTheirOrder();
    void headerNamesHaveNoCase();
    void extrasAreNormalised();
    void authorAndLicense_data();
    void authorAndLicense();
    void homePages_data();
    void homePages();
    void formatNumbers_data();
    void formatNumbers();
    void aByteOrderMarkIsSkipped();
    void forChoice();
    void malformed_data();
    void malformed();
    void aBadRequirementIsShownInItsLine();
};

void CoreMetadataTest::whatHostsAskFor()
{
    const auto metadata = CoreMetadata::parse("Metadata-Version: 2.1\n"
                                              "Name: Demo.Plugin\n"
                                              "Version: 1.0rc1\n"
                                              "Summary: does things\n"
                                              "Requires-Python: >=3.9,<4\n"
                                              "Requires-Dist: numpy>=1.24\n"
                                              "Requires-Dist: six (>=1.5) ; extra == 'old'\n"
                                              "Provides-Extra: old\n"
                                              "\n"
                                              "The body.\n");
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QCOMPARE(metadata->metadataVersion, QStringLiteral("2.1"));
    QCOMPARE(metadata->name.toString(), QStringLiteral("Demo.Plugin"));
    QCOMPARE(metadata->version.toString(), QStringLiteral("1.0rc1"));
    QCOMPARE(metadata->summary, QStringLiteral("does things"));
    QVERIFY(metadata->requiresPython.contains(*Version::parse(u"3.11")));
    QVERIFY(!metadata->requiresPython.contains(*Version::parse(u"3.8")));
    QCOMPARE(metadata->requiresDist.size(), 2);
    QCOMPARE(metadata->requiresDist.at(0).name.normalized(), QStringLiteral("numpy"));
    QVERIFY(!metadata->requiresDist.at(1).marker.isEmpty());
    QCOMPARE(metadata->requiresDistLines, (QList<int>{6, 7}));
    QCOMPARE(metadata->providesExtra, QStringList(QStringLiteral("old")));
    QCOMPARE(metadata->description, QStringLiteral("The body.\n"));
}

void CoreMetadataTest::formats_data()
{
    QTest::addColumn<QByteArray>("version");
    for (const char *version : {"1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3", "2.4", "2.9"})
        QTest::newRow(version) << QByteArray(version);
}

void CoreMetadataTest::formats()
{
    QFETCH(QByteArray, version);
    const auto metadata = CoreMetadata::parse("Metadata-Version: " + version + "\nName: demo\nVersion: 1\n");
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QCOMPARE(metadata->metadataVersion, QString::fromLatin1(version));
}

void CoreMetadataTest::descriptions_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<QString>("description");
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("body") << QByteArray("\nFirst: not a header\n\nlast")
                          << QStringLiteral("First: not a header\n\nlast");
    QTest::newRow("body with CRLF") << QByteArray("\r\nText\r\n") << QStringLiteral("Text\r\n");
    QTest::newRow("header, indented by eight blanks")
        << QByteArray("Description: one\n        two\n          indented\n") << QStringLiteral("one\ntwo\n  indented");
    QTest::newRow("header, with bars") << QByteArray("Description: one\n       |two\n       |\n       |four\n")
                                       << QStringLiteral("one\ntwo\n\nfour");
    QTest::newRow("header, loosely indented") << QByteArray("Description: one\n  two\n") << QStringLiteral("one\ntwo");
    QTest::newRow("the body wins") << QByteArray("Description: header\n\nbody") << QStringLiteral("body");
}

void CoreMetadataTest::descriptions()
{
    QFETCH(QByteArray, rest);
    const auto metadata = CoreMetadata::parse(Minimal + rest);
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QTEST(metadata->description, "description");
}

void CoreMetadataTest::foldedRequirement()
{
    const auto metadata = CoreMetadata::parse(Minimal + "Requires-Dist: numpy\n  >=1.24,\n\t<3\n");
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QCOMPARE(metadata->requiresDist.size(), 1);
    QVERIFY(metadata->requiresDist.first() == *Requirement::parse(u"numpy>=1.24,<3"));
}

void CoreMetadataTest::headersKeepTheirOrder()
{
    const auto metadata = CoreMetadata::parse(Minimal + "X-B: 1\nClassifier: c1\nX-A: \303\251\nClassifier: c2\n");
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QStringList names;
    for (const auto &[name, value] : metadata->headers)
        names += name + u'=' + value;
    QCOMPARE(names.mid(3),
        QStringList({QStringLiteral("X-B=1"), QStringLiteral("Classifier=c1"), QStringLiteral("X-A=é"),
            QStringLiteral("Classifier=c2")}));
}

void CoreMetadataTest::headerNamesHaveNoCase()
{
    const auto metadata = CoreMetadata::parse("metadata-version: 2.1\nNAME: demo\nversion:1\nrequires-dist: a\n");
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QCOMPARE(metadata->requiresDist.size(), 1);
}

void CoreMetadataTest::extrasAreNormalised()
{
    const auto metadata = CoreMetadata::parse(Minimal + "Provides-Extra: Dev_All\nProvides-Extra: a.-b\n");
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QCOMPARE(metadata->providesExtra, QStringList({QStringLiteral("dev-all"), QStringLiteral("a-b")}));
}

void CoreMetadataTest::authorAndLicense_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("author");
    QTest::addColumn<QString>("license");
    QTest::newRow("1.x") << QByteArray("Author: Ann\nAuthor-email: a@b.c\nLicense: MIT\n") << QStringLiteral("Ann")
                         << QStringLiteral("MIT");
    QTest::newRow("address only") << QByteArray("Author-email: Ann <a@b.c>\n") << QStringLiteral("Ann <a@b.c>")
                                  << QString();
    QTest::newRow("2.4") << QByteArray("License-Expression: BSD-3-Clause\n") << QString()
                         << QStringLiteral("BSD-3-Clause");
}

void CoreMetadataTest::authorAndLicense()
{
    QFETCH(QByteArray, headers);
    const auto metadata = CoreMetadata::parse(Minimal + headers);
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QTEST(metadata->author, "author");
    QTEST(metadata->license, "license");
}

void CoreMetadataTest::homePages_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("homePage");
    const QString page = QStringLiteral("https://example.org");
    QTest::newRow("Home-page") << QByteArray("Home-page: https://example.org\n") << page;
    QTest::newRow("Project-URL") << QByteArray(
        "Project-URL: Source, https://x\nProject-URL: Homepage, https://example.org\n")
                                 << page;
    QTest::newRow("labels have no case") << QByteArray("Project-URL: home page , https://example.org\n") << page;
    QTest::newRow("Home-page wins") << QByteArray("Home-page: https://example.org\nProject-URL: Homepage, https://x\n")
                                    << page;
    QTest::newRow("none") << QByteArray("Project-URL: Source, https://x\n") << QString();
    QTest::newRow("no comma") << QByteArray("Project-URL: https://x\n") << QString();
}

void CoreMetadataTest::homePages()
{
    QFETCH(QByteArray, headers);
    const auto metadata = CoreMetadata::parse(Minimal + headers);
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QTEST(metadata->homePage, "homePage");
}

void CoreMetadataTest::malformed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QByteArray &text, const char *code, const char *message) {
        QTest::newRow(name) << text << QString::fromLatin1(code) << QString::fromUtf8(message);
    };
    row("empty", "", "metadata-invalid", "no header 'Metadata-Version', expected one");
    row("no format", "Name: demo\nVersion: 1\n", "metadata-invalid", "no header 'Metadata-Version', expected one");
    row("no name", "Metadata-Version: 2.1\nVersion: 1\n", "metadata-invalid", "no header 'Name', expected one");
    row("no version", "Metadata-Version: 2.1\nName: demo\n", "metadata-invalid", "no header 'Version', expected one");
    row("headers in the body", "Metadata-Version: 2.1\n\nName: demo\nVersion: 1\n", "metadata-invalid",
        "no header 'Name', expected one");
    row("format 3", "Metadata-Version: 3.0\n", "metadata-invalid",
        "line 1: Metadata-Version is '3.0', expected 1.x or 2.x");
    row("format is a word", "Metadata-Version: two\n", "metadata-invalid",
        "line 1: Metadata-Version is 'two', expected 1.x or 2.x");
    row("format twice", "Metadata-Version: 2.1\nMetadata-Version: 2.1\n", "metadata-invalid",
        "line 2: Metadata-Version occurs a second time, expected once");
    row("name twice", Minimal + "Name: demo\n", "metadata-invalid", "line 4: Name occurs a second time, expected once");
    row("version twice", Minimal + "Version: 1.0\n", "metadata-invalid",
        "line 4: Version occurs a second time, expected once");
    row("no header", "just text\n", "metadata-invalid", "line 1: 'just text' is no header, expected 'Name: value'");
    row("continuation first", " folded\n", "metadata-invalid",
        "line 1: ' folded' is no header, expected 'Name: value'");
    row("blank in a header's name", "Metadata-Version: 2.1\nMy Name: x\n", "metadata-invalid",
        "line 2: 'My Name: x' is no header, expected 'Name: value'");
    row("no header name", ": x\n", "metadata-invalid", "line 1: ': x' is no header, expected 'Name: value'");
    row("not UTF-8", Minimal + "Author: \377\n", "metadata-invalid", "METADATA is not UTF-8 text");
    row("not UTF-8 in the body", Minimal + "\n\303\n", "metadata-invalid", "METADATA is not UTF-8 text");
    row("NUL", Minimal + QByteArray("X: a\0b\n", 7), "metadata-invalid", "METADATA is not UTF-8 text");
}

void CoreMetadataTest::malformed()
{
    QFETCH(QByteArray, text);
    const auto metadata = CoreMetadata::parse(text);
    QVERIFY(!metadata);
    QTEST(QString(metadata.error().code().name()), "code");
    QTEST(metadata.error().message(), "message");
    QCOMPARE(CoreMetadata::parseForChoice(text).error(), metadata.error());
}

void CoreMetadataTest::formatNumbers_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("1.0") << QByteArray("1.0") << true;
    QTest::newRow("three digits") << QByteArray("2.123") << true;
    QTest::newRow("four digits") << QByteArray("2.1234") << false;
    QTest::newRow("no minor") << QByteArray("2.") << false;
    QTest::newRow("no dot") << QByteArray("2") << false;
    QTest::newRow("no major") << QByteArray(".1") << false;
    QTest::newRow("two dots") << QByteArray("2.1.1") << false;
    QTest::newRow("twelve") << QByteArray("12.0") << false;
    QTest::newRow("a letter") << QByteArray("2.1a") << false;
    QTest::newRow("a digit that is not ASCII") << QByteArray("2.\xd9\xa1") << false;
}

void CoreMetadataTest::formatNumbers()
{
    QFETCH(QByteArray, number);
    QTEST(CoreMetadata::parse("Metadata-Version: " + number + "\nName: demo\nVersion: 1.0\n").has_value(), "isGood");
}

void CoreMetadataTest::aByteOrderMarkIsSkipped()
{
    const auto metadata = CoreMetadata::parse("\xef\xbb\xbf" + Minimal);
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QCOMPARE(metadata->headers.first().first, QStringLiteral("Metadata-Version"));
}

void CoreMetadataTest::forChoice()
{
    const QByteArray text = Minimal
        + "Summary: x\nRequires-Python: >=3.9\nRequires-Dist: six\nProvides-Extra: A_b\nAuthor: me\n\nThe body.\n";
    const auto whole = CoreMetadata::parse(text);
    const auto metadata = CoreMetadata::parseForChoice(text);
    QVERIFY2(metadata.has_value(), qPrintable(describe(metadata)));
    QCOMPARE(metadata->metadataVersion, whole->metadataVersion);
    QCOMPARE(metadata->name, whole->name);
    QCOMPARE(metadata->version, whole->version);
    QCOMPARE(metadata->summary, QStringLiteral("x"));
    QCOMPARE(metadata->requiresPython, whole->requiresPython);
    QCOMPARE(metadata->requiresDist, whole->requiresDist);
    QCOMPARE(metadata->providesExtra, QStringList(QStringLiteral("a-b")));
    QVERIFY(metadata->headers.isEmpty() && metadata->description.isEmpty() && metadata->author.isEmpty());
}

void CoreMetadataTest::aBadRequirementIsShownInItsLine()
{
    const auto metadata = CoreMetadata::parse(Minimal + "Summary: x\nRequires-Dist: numpy >> 2\n");
    QVERIFY(!metadata);
    QCOMPARE(metadata.error().code(), ErrorCode("requirement-invalid"));
    const SourceSpan span = metadata.error().span();
    QCOMPARE(span.source, QStringLiteral("METADATA"));
    QCOMPARE(span.line, 5);
    QCOMPARE(span.text, QStringLiteral("Requires-Dist: numpy >> 2"));
    QVERIFY(span.begin >= 15 && span.begin <= span.end && span.end <= span.text.size());
    QVERIFY(metadata.error().message().startsWith(QStringLiteral("line 5: ")));

    const auto python = CoreMetadata::parse(Minimal + "Requires-Python: >=three\n");
    QVERIFY(!python);
    QCOMPARE(python.error().code(), ErrorCode("specifier-invalid"));
    const auto version = CoreMetadata::parse("Metadata-Version: 2.1\nName: demo\nVersion: not a version\n");
    QVERIFY(!version);
    QCOMPARE(version.error().code(), ErrorCode("version-invalid"));
    const auto name = CoreMetadata::parse("Metadata-Version: 2.1\nName: -bad-\nVersion: 1\n");
    QVERIFY(!name);
    QCOMPARE(name.error().code(), ErrorCode("name-invalid"));
}

QTEST_APPLESS_MAIN(CoreMetadataTest)
#include "tst_coremetadata.moc"
