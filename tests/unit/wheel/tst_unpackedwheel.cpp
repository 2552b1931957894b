#include "support/wheelbuilder.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheel.h>

#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Axle;
using namespace Axle::Test;

namespace {

const auto FolderName = QStringLiteral("demo-1.0-py3-none-any.whl");

QStringList codes(const QList<Finding> &findings)
{
    QStringList lines;
    for (const Finding &finding : findings) {
        lines += QStringLiteral("%1 %2 '%3'")
                     .arg(toString(finding.severity), finding.error.code().name(), finding.error.place().member);
    }
    return lines;
}

QStringList names(const WheelArchive &archive)
{
    QStringList names;
    for (const ArchiveMember &member : archive.members())
        names += member.name();
    return names;
}

/// What `pack` writes.
QByteArray packed(const WheelArchive &archive)
{
    QByteArray bytes;
    const auto done = archive.pack([&](QByteArrayView part) {
        bytes += part.toByteArray();
        return Result<void>();
    });
    return done ? bytes : done.error().toString().toUtf8();
}

} // namespace

/// A folder with the name of a wheel, read like one.
class UnpackedWheelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void members();
    void theWheelIsTheZippedOne();
    void everySlashAtTheEnd();
    void names_data();
    void names();
    void specialFiles_data();
    void specialFiles();
    void twoNamesForOneFile();
    void modes();
    void everyFaultIsFound();
    void tooManyFiles();
    void tooLarge();
    void filesOfOtherUsers();
    void foldersThatAreNoWheel();
    void links();
    void identity();
    void changedFiles_data();
    void changedFiles();
    void folderSwappedForALink();
    void packedIsAWheel();
    void packingStopsWithTheSink();

private:
    QString path(const QString &name = {}) const;
    void write(const QString &name, const QByteArray &data) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void UnpackedWheelTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
    write(QStringLiteral("demo/__init__.py"), "import demo.part\n");
    write(QStringLiteral("demo/part.py"), QByteArray(5000, '#'));
    write(QStringLiteral("demo/empty"), {});
}

QString UnpackedWheelTest::path(const QString &name) const
{
    const QString folder = m_folder->filePath(FolderName);
    return name.isEmpty() ? folder : folder + u'/' + name;
}

void UnpackedWheelTest::write(const QString &name, const QByteArray &data) const
{
    const QFileInfo info(path(name));
    QVERIFY(QDir().mkpath(info.path()));
    QFile file(info.filePath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(data), data.size());
}

void UnpackedWheelTest::members()
{
    const auto archive = WheelArchive::open(path());
    QVERIFY2(archive.has_value(), qPrintable(archive ? QString() : archive.error().toString()));
    QVERIFY((*archive)->isUnpacked());
    QVERIFY((*archive)->findings().isEmpty());
    QCOMPARE(::names(**archive), QStringList({"demo/__init__.py", "demo/empty", "demo/part.py"}));
    const ArchiveMember *part = (*archive)->find(QStringLiteral("demo/part.py"));
    QVERIFY(part);
    QCOMPARE(part->size, 5000);
    QCOMPARE(part->compressedSize, 5000);
    QCOMPARE((*archive)->read(*part).value(), QByteArray(5000, '#'));
    QCOMPARE((*archive)->read((*archive)->members().at(1)).value(), QByteArray());
}

void UnpackedWheelTest::theWheelIsTheZippedOne()
{
    QTemporaryDir zipped;
    const QString file =
        WheelBuilder("demo").file("demo/__init__.py", "VALUE = 1\n").requires_("numpy>=1").write(zipped.path());
    QVERIFY(QDir(path()).removeRecursively());
    const auto source = WheelArchive::open(file);
    QVERIFY(source.has_value());
    for (const ArchiveMember &member : (*source)->members()) {
        if (!member.isFolder())
            write(member.name(), (*source)->read(member).value());
    }
    const auto expected = Wheel::open(file);
    const auto wheel = Wheel::open(path());
    QVERIFY2(wheel.has_value(), qPrintable(wheel ? QString() : wheel.error().toString()));
    QCOMPARE(wheel->metadata().version.toString(), expected->metadata().version.toString());
    QCOMPARE(wheel->record().entries().size(), expected->record().entries().size());
    QCOMPARE(wheel->read(QStringLiteral("demo/__init__.py")).value(), QByteArray("VALUE = 1\n"));
    write(QStringLiteral("demo/__init__.py"), "VALUE = 2\n");
    const auto tampered = Wheel::open(path());
    QVERIFY(tampered.has_value());
    QCOMPARE(tampered->read(QStringLiteral("demo/__init__.py")).error().code(), ErrorCode("record-hash-mismatch"));
}

void UnpackedWheelTest::everySlashAtTheEnd()
{
    QVERIFY(WheelArchive::open(path() + u'/').has_value());
    QVERIFY(WheelArchive::open(path() + QStringLiteral("//")).has_value());
}

void UnpackedWheelTest::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("finding");
    const auto row = [](const char *title, const QString &name, const char *finding) {
        QTest::newRow(title) << name << QString::fromUtf8(finding);
    };
    row("backslash", QStringLiteral("a\\b"), "fatal zip-name-backslash 'a\\b'");
    row("drive", QStringLiteral("c:x"), "fatal zip-name-drive 'c:x'");
    row("control character", QStringLiteral("a\nb"), "fatal zip-name-control 'a\\u{a}b'");
    row("decomposed", QStringLiteral("e\u0301"), "fatal zip-name-encoding 'e\u0301'");
    row("folder with a backslash", QStringLiteral("a\\b/c"), "fatal zip-name-backslash 'a\\b/'");
    row("33 parts", QStringLiteral("a/").repeated(33) + u'b',
        "fatal zip-name-length 'a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/'");
    row("device of Windows", QStringLiteral("nul.txt"), "warning zip-name-nonportable 'nul.txt'");
}

void UnpackedWheelTest::names()
{
    QFETCH(QString, name);
    QFETCH(QString, finding);
    write(name, "x");
    QCOMPARE(codes(WheelArchive::examine(path())), QStringList(finding));
    QCOMPARE(WheelArchive::open(path()).has_value(), finding.startsWith(QStringLiteral("warning")));
}

void UnpackedWheelTest::specialFiles_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"link to a file", "link to a folder", "FIFO", "socket"})
        QTest::newRow(kind) << QString::fromUtf8(kind);
}

void UnpackedWheelTest::specialFiles()
{
    QFETCH(QString, kind);
    const QString special = path(QStringLiteral("demo/x"));
    const QByteArray raw = QFile::encodeName(special);
    if (kind == QStringLiteral("link to a file"))
        QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), special));
    else if (kind == QStringLiteral("link to a folder"))
        QVERIFY(QFile::link(QStringLiteral("/etc"), special));
    else
        QCOMPARE(::mknod(raw.constData(), (kind == QStringLiteral("FIFO") ? S_IFIFO : S_IFSOCK) | 0600, 0), 0);
    const auto archive = WheelArchive::open(path());
    QVERIFY(!archive);
    QCOMPARE(archive.error().code(), ErrorCode("zip-special-file"));
    QVERIFY2(archive.error().message().startsWith(QStringLiteral("'demo/x': file mode 0")),
        qPrintable(archive.error().message()));
}

void UnpackedWheelTest::twoNamesForOneFile()
{
    write(QStringLiteral("demo/PART.py"), "x");
    QCOMPARE(codes(WheelArchive::examine(path())), QStringList("fatal zip-duplicate-name 'demo/part.py'"));
    write(QStringLiteral("Demo/other.py"), "x");
    QVERIFY(QFile::remove(path(QStringLiteral("demo/PART.py"))));
    QVERIFY(WheelArchive::open(path()).has_value());
    write(QStringLiteral("DEMO"), "x");
    QCOMPARE(
        codes(WheelArchive::examine(path())).first(), QStringLiteral("fatal zip-file-folder-conflict 'Demo/other.py'"));
}

void UnpackedWheelTest::modes()
{
    QVERIFY(QFile::setPermissions(path(QStringLiteral("demo/part.py")), QFile::ReadOwner | QFile::ExeOwner));
    auto archive = WheelArchive::open(path());
    QVERIFY((*archive)->find(QStringLiteral("demo/part.py"))->isExecutable);
    QVERIFY(!(*archive)->find(QStringLiteral("demo/empty"))->isExecutable);
    QCOMPARE(::chmod(QFile::encodeName(path(QStringLiteral("demo/empty"))).constData(), 04755), 0);
    archive = WheelArchive::open(path());
    QVERIFY(!archive);
    QCOMPARE(archive.error().code(), ErrorCode("zip-setuid"));
    QCOMPARE(
        archive.error().message(), QStringLiteral("'demo/empty': file mode 0104755, expected no setuid or setgid"));
}

void UnpackedWheelTest::everyFaultIsFound()
{
    write(QStringLiteral("a:b"), "x");
    write(QStringLiteral("demo/PART.py"), "x");
    QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), path(QStringLiteral("z"))));
    QCOMPARE(codes(WheelArchive::examine(path())),
        QStringList(
            {"fatal zip-name-drive 'a:b'", "fatal zip-duplicate-name 'demo/part.py'", "fatal zip-special-file 'z'"}));
}

void UnpackedWheelTest::tooManyFiles()
{
    const QByteArray folder = QFile::encodeName(path());
    for (int i = 0; i < 20'000; ++i) {
        const QByteArray name = folder + "/f" + QByteArray::number(i);
        QCOMPARE(::mknod(name.constData(), S_IFREG | 0600, 0), 0);
    }
    const auto strict = WheelArchive::open(path());
    QVERIFY(!strict);
    QCOMPARE(strict.error().code(), ErrorCode("zip-too-many-members"));
    QCOMPARE(strict.error().message(), QStringLiteral("more than 20000 files and folders, expected at most that many"));
    QCOMPARE(WheelArchive::open(path(), Rules::Tolerant).value()->members().size(), 20'003);
}

void UnpackedWheelTest::tooLarge()
{
    const FileDescriptor file(
        ::open(QFile::encodeName(path(QStringLiteral("demo/empty"))).constData(), O_WRONLY | O_CLOEXEC));
    QCOMPARE(::ftruncate(file.get(), 512LL << 20), 0);
    const auto archive = WheelArchive::open(path());
    QVERIFY(!archive);
    QCOMPARE(archive.error().code(), ErrorCode("file-too-large"));
    QCOMPARE(archive.error().message(),
        QStringLiteral("the files have 536875929 bytes together, expected at most 536870912"));
}

void UnpackedWheelTest::filesOfOtherUsers()
{
    constexpr uid_t Nobody = 65534;
    const QByteArray file = QFile::encodeName(path(QStringLiteral("demo/part.py")));
    if (::chown(file.constData(), Nobody, static_cast<gid_t>(-1)) != 0)
        QSKIP("only root can give a file to another user");
    QCOMPARE(codes(WheelArchive::examine(path())), QStringList("fatal file-foreign-owner 'demo/part.py'"));
    QCOMPARE(
        codes(WheelArchive::examine(path(), Rules::Tolerant)), QStringList("policy file-foreign-owner 'demo/part.py'"));
}

void UnpackedWheelTest::foldersThatAreNoWheel()
{
    const QString empty = m_folder->filePath(QStringLiteral("empty-1.0-py3-none-any.whl"));
    QVERIFY(QDir().mkdir(empty));
    for (const QString &folder : {m_folder->path(), path(QStringLiteral("demo")), empty, QStringLiteral("/")}) {
        for (const Rules rules : {Rules::Strict, Rules::Tolerant}) {
            const auto archive = WheelArchive::open(folder, rules);
            QVERIFY(!archive);
            QCOMPARE(archive.error().code(), ErrorCode("file-not-regular"));
        }
    }
}

void UnpackedWheelTest::links()
{
    const QString link = m_folder->filePath(QStringLiteral("link-1.0-py3-none-any.whl"));
    QVERIFY(QFile::link(path(), link));
    for (const QString &spelled : {link, QString(link + u'/')}) {
        const auto strict = WheelArchive::open(spelled);
        QVERIFY(!strict);
        QCOMPARE(strict.error().code(), ErrorCode("file-not-regular"));
        const auto tolerant = WheelArchive::open(spelled, Rules::Tolerant);
        QVERIFY(tolerant.has_value());
        QCOMPARE(codes((*tolerant)->findings()), QStringList("policy file-not-regular ''"));
    }
}

/// Everything that can happen to any file or folder gives the whole another identity.
void UnpackedWheelTest::identity()
{
    const auto archive = WheelArchive::open(path());
    FileIdentity last = (*archive)->identity();
    QCOMPARE(last.size, 5017);
    QVERIFY(*WheelArchive::identityOf(path()) == last);
    QVERIFY(*(*archive)->currentIdentity() == last);
    const auto changes = {
        +[](const UnpackedWheelTest &t) { t.write(QStringLiteral("demo/part.py"), QByteArray(5000, '!')); },
        +[](const UnpackedWheelTest &t) { t.write(QStringLiteral("demo/new"), {}); },
        +[](const UnpackedWheelTest &t) {
            QVERIFY(QFile::rename(t.path(QStringLiteral("demo/new")), t.path(QStringLiteral("demo/newer"))));
        },
        +[](const UnpackedWheelTest &t) { QVERIFY(QFile::remove(t.path(QStringLiteral("demo/newer")))); },
        +[](const UnpackedWheelTest &t) {
            QVERIFY(QFile::setPermissions(t.path(QStringLiteral("demo/empty")), QFile::ReadOwner | QFile::ExeOwner));
        },
        +[](const UnpackedWheelTest &t) { QVERIFY(QDir(t.path()).mkdir(QStringLiteral("folder"))); },
    };
    for (const auto &change : changes) {
        QTest::qWait(15); // file systems take their times from the last tick
        change(*this);
        const auto now = (*archive)->currentIdentity();
        QVERIFY(*now != last);
        last = *now;
    }
    QVERIFY(*WheelArchive::identityOf(path()) == last);
    QVERIFY((*archive)->identity() != last);
    QCOMPARE(WheelArchive::identityOf(QStringLiteral("/nowhere/x.whl")).error().code(), ErrorCode("file-not-found"));
}

void UnpackedWheelTest::changedFiles_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("code");
    QTest::newRow("longer") << QStringLiteral("longer") << QStringLiteral("file-changed");
    QTest::newRow("shorter") << QStringLiteral("shorter") << QStringLiteral("file-changed");
    QTest::newRow("other bytes") << QStringLiteral("other") << QStringLiteral("file-changed");
    QTest::newRow("replaced") << QStringLiteral("replaced") << QStringLiteral("file-changed");
    QTest::newRow("removed") << QStringLiteral("removed") << QStringLiteral("file-changed");
    QTest::newRow("a link now") << QStringLiteral("link") << QStringLiteral("file-unreadable");
}

void UnpackedWheelTest::changedFiles()
{
    QFETCH(QString, change);
    const auto archive = WheelArchive::open(path());
    const ArchiveMember &part = *(*archive)->find(QStringLiteral("demo/part.py"));
    const QString file = path(part.name());
    QTest::qWait(15); // file systems take their times from the last tick
    if (change == QStringLiteral("longer"))
        write(part.name(), QByteArray(5001, '#'));
    else if (change == QStringLiteral("shorter"))
        write(part.name(), QByteArray(4999, '#'));
    else if (change == QStringLiteral("other"))
        write(part.name(), QByteArray(5000, '!'));
    else
        QVERIFY(QFile::remove(file));
    if (change == QStringLiteral("replaced"))
        write(part.name(), QByteArray(5000, '#'));
    if (change == QStringLiteral("link"))
        QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), file));
    const auto data = (*archive)->read(part);
    QVERIFY(!data);
    QTEST(QString(data.error().code().name()), "code");
    QCOMPARE(data.error().place().member, QStringLiteral("demo/part.py"));
    QVERIFY(!packed(**archive).startsWith("PK"));
}

void UnpackedWheelTest::folderSwappedForALink()
{
    const auto archive = WheelArchive::open(path());
    QVERIFY(QFile::rename(path(QStringLiteral("demo")), path(QStringLiteral("moved"))));
    QVERIFY(QFile::link(path(QStringLiteral("moved")), path(QStringLiteral("demo"))));
    const auto data = (*archive)->read((*archive)->members().first());
    QVERIFY(!data);
    QCOMPARE(data.error().code(), ErrorCode("file-unreadable"));
}

void UnpackedWheelTest::packedIsAWheel()
{
    QVERIFY(QFile::setPermissions(path(QStringLiteral("demo/part.py")), QFile::ReadOwner | QFile::ExeOwner));
    write(QStringLiteral("demo/\u00e9.txt"), "accented");
    const auto folder = WheelArchive::open(path());
    const QByteArray bytes = packed(**folder);
    QCOMPARE(bytes, packed(**WheelArchive::open(path())));
    QTemporaryFile file;
    QVERIFY(file.open() && file.write(bytes) == bytes.size() && file.flush());
    const auto archive = WheelArchive::open(file.fileName());
    QVERIFY2(archive.has_value(), qPrintable(archive ? QString() : archive.error().toString()));
    QCOMPARE(::names(**archive), ::names(**folder));
    for (const ArchiveMember &member : (*archive)->members()) {
        QCOMPARE((*archive)->read(member).value(), (*folder)->read(*(*folder)->find(member.name())).value());
        QCOMPARE(member.isExecutable, member.name() == QStringLiteral("demo/part.py"));
    }
}

void UnpackedWheelTest::packingStopsWithTheSink()
{
    const auto archive = WheelArchive::open(path());
    for (int room = 0; room < 8; ++room) {
        int calls = 0;
        const auto done = (*archive)->pack([&](QByteArrayView) -> Result<void> {
            return calls++ < room ? Result<void>() : Error(Codes::WheelNotWritten, QStringLiteral("no room"));
        });
        QVERIFY(!done);
        QCOMPARE(done.error().message(), QStringLiteral("no room"));
        QCOMPARE(calls, room + 1);
    }
}

QTEST_APPLESS_MAIN(UnpackedWheelTest)
#include "tst_unpackedwheel.moc"
