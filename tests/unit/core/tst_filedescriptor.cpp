#include <axle/core/codes.h>
#include <axle/core/filedescriptor.h>

#include <QtTest/QtTest>

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace Axle;

class FileDescriptorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_folder.reset(); }

    void opensARegularFile();
    void opensThroughALinkedFolder();
    void missing_data();
    void missing();
    void nameWithNulIsMissing();
    void folderIsRefused();
    void linkIsRefused();
    void fifoIsRefusedWithoutBlocking();
    void socketIsRefused();
    void deviceIsRefused();
    void unreadableIsTold();
    void ownsTheDescriptor();
    void moves();
    void releases();
    void identityTellsStatesApart();
    void statusTellsKindAndOwner();
    void identityOfNothing();
    void readsAnywhere_data();
    void readsAnywhere();
    void truncation_data();
    void truncation();
    void readFailureIsTold();
    void readsDoNotMoveTheOffset();
    void threadsMayShareIt();

private:
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QString write(const char *name, const QByteArray &data) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void FileDescriptorTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

QString FileDescriptorTest::write(const char *name, const QByteArray &data) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(data) != data.size())
        qFatal("cannot write %s", name);
    return file.fileName();
}

void FileDescriptorTest::opensARegularFile()
{
    const auto file = FileDescriptor::openRegular(write("caf\u00e9", "content"));
    QVERIFY(file);
    QVERIFY(file->isValid());
    QVERIFY(file->get() >= 0);
    QCOMPARE(*file->readAt(0, 7), QByteArray("content"));
    QVERIFY(::fcntl(file->get(), F_GETFD) & FD_CLOEXEC);
    QCOMPARE(::fcntl(file->get(), F_GETFL) & O_ACCMODE, O_RDONLY);
}

void FileDescriptorTest::opensThroughALinkedFolder()
{
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("real")));
    write("real/file", "x");
    QVERIFY(QFile::link(path("real"), path("linked")));
    QVERIFY(FileDescriptor::openRegular(path("linked/file")));
}

void FileDescriptorTest::missing_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("no such file") << "absent";
    QTest::newRow("no such folder") << "absent/file";
    QTest::newRow("a file as a folder") << "file/inside";
    QTest::newRow("a slash behind a file") << "file/";
}

void FileDescriptorTest::missing()
{
    write("file", "x");
    QFETCH(const QString, name);
    const QString absent = m_folder->path() + u'/' + name;
    const auto file = FileDescriptor::openRegular(absent);
    QVERIFY(!file);
    QCOMPARE(file.error().code(), Codes::FileNotFound);
    QCOMPARE(file.error().code().name(), QLatin1StringView("file-not-found"));
    QCOMPARE(file.error().message(), QStringLiteral("there is no file '%1'").arg(absent));
    QVERIFY(!FileDescriptor::openRegular(QString()));
}

void FileDescriptorTest::nameWithNulIsMissing()
{
    write("file", "x");
    const auto file = FileDescriptor::openRegular(m_folder->path() + QStringLiteral("/file") + QChar::Null + u'x');
    QVERIFY(!file);
    QCOMPARE(file.error().code(), Codes::FileNotFound);
}

void FileDescriptorTest::folderIsRefused()
{
    const auto file = FileDescriptor::openRegular(m_folder->path());
    QVERIFY(!file);
    QCOMPARE(file.error().code(), Codes::FileNotRegular);
    QCOMPARE(file.error().code().name(), QLatin1StringView("file-not-regular"));
    QCOMPARE(file.error().message(), QStringLiteral("'%1' is a folder, expected a regular file").arg(m_folder->path()));
}

void FileDescriptorTest::linkIsRefused()
{
    QVERIFY(QFile::link(write("file", "x"), path("link")));
    QVERIFY(QFile::link(path("absent"), path("dangling")));
    QVERIFY(QFile::link(path("loop"), path("loop")));
    for (const char *name : {"link", "dangling", "loop"}) {
        const auto file = FileDescriptor::openRegular(path(name));
        QVERIFY(!file);
        QCOMPARE(file.error().code(), Codes::FileNotRegular);
        QCOMPARE(
            file.error().message(), QStringLiteral("'%1' is a symbolic link, expected a regular file").arg(path(name)));
    }
}

void FileDescriptorTest::fifoIsRefusedWithoutBlocking()
{
    QCOMPARE(::mkfifo(QFile::encodeName(path("fifo")).constData(), 0600), 0);
    const auto file = FileDescriptor::openRegular(path("fifo")); // nobody writes: an ordinary open would wait for ever
    QVERIFY(!file);
    QCOMPARE(file.error().code(), Codes::FileNotRegular);
    QCOMPARE(file.error().message(), QStringLiteral("'%1' is a FIFO, expected a regular file").arg(path("fifo")));
}

void FileDescriptorTest::socketIsRefused()
{
    const FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    QVERIFY(socket.isValid());
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path("socket"));
    QVERIFY(size_t(name.size()) < sizeof(address.sun_path));
    std::copy(name.begin(), name.end(), address.sun_path);
    QCOMPARE(::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof(address)), 0);
    const auto file = FileDescriptor::openRegular(path("socket"));
    QVERIFY(!file);
    QCOMPARE(file.error().code(), Codes::FileNotRegular);
}

void FileDescriptorTest::deviceIsRefused()
{
    const auto file = FileDescriptor::openRegular(QStringLiteral("/dev/null"));
    QVERIFY(!file);
    QCOMPARE(file.error().code(), Codes::FileNotRegular);
    QCOMPARE(file.error().message(), QStringLiteral("'/dev/null' is a device, expected a regular file"));
}

void FileDescriptorTest::unreadableIsTold()
{
    // Permissions do not stop root, who may run this test; a name that no file system can have stops everybody.
    const QString tooLong = m_folder->filePath(QString(300, u'x'));
    const auto file = FileDescriptor::openRegular(tooLong);
    QVERIFY(!file);
    QCOMPARE(file.error().code(), Codes::FileUnreadable);
    QCOMPARE(file.error().code().name(), QLatin1StringView("file-unreadable"));
    QCOMPARE(file.error().message(), QStringLiteral("cannot read '%1': File name too long").arg(tooLong));
    if (::geteuid() == 0)
        return;
    const QString secret = write("secret", "x");
    QVERIFY(QFile::setPermissions(secret, {}));
    QCOMPARE(FileDescriptor::openRegular(secret).error().code(), Codes::FileUnreadable);
}

void FileDescriptorTest::ownsTheDescriptor()
{
    int fd = -1;
    {
        const auto file = FileDescriptor::openRegular(write("file", "x"));
        QVERIFY(file);
        fd = file->get();
        QVERIFY(::fcntl(fd, F_GETFD) >= 0);
    }
    QCOMPARE(::fcntl(fd, F_GETFD), -1);
    QCOMPARE(errno, EBADF);
    QVERIFY(!FileDescriptor().isValid());
    QCOMPARE(FileDescriptor().get(), -1);
}

void FileDescriptorTest::moves()
{
    static_assert(!std::is_copy_constructible_v<FileDescriptor> && !std::is_copy_assignable_v<FileDescriptor>);
    auto opened = FileDescriptor::openRegular(write("file", "x"));
    QVERIFY(opened);
    const int fd = opened->get();
    FileDescriptor first = std::move(*opened);
    QVERIFY(!opened->isValid());
    QCOMPARE(first.get(), fd);
    FileDescriptor second;
    second = std::move(first);
    QCOMPARE(second.get(), fd);
    QVERIFY(!first.isValid()); // NOLINT(bugprone-use-after-move): that is what is promised
    QVERIFY(::fcntl(fd, F_GETFD) >= 0);
}

void FileDescriptorTest::releases()
{
    auto file = FileDescriptor::openRegular(write("file", "x"));
    QVERIFY(file);
    const int fd = file->release();
    QVERIFY(!file->isValid());
    QCOMPARE(file->release(), -1);
    file = FileDescriptor();
    QVERIFY(::fcntl(fd, F_GETFD) >= 0);
    const FileDescriptor owner(fd);
    QCOMPARE(owner.get(), fd);
}

void FileDescriptorTest::identityTellsStatesApart()
{
    const QString name = write("file", "content");
    const auto file = FileDescriptor::openRegular(name);
    QVERIFY(file);
    const FileIdentity before = *file->identity();
    QCOMPARE(before.size, 7);
    QVERIFY(before.inode != 0);
    QVERIFY(before.modificationTime > 1'600'000'000'000'000'000);
    QCOMPARE(*file->identity(), before);
    QCOMPARE(*FileDescriptor::openRegular(name)->identity(), before);

    QTest::qSleep(20); // longer than the clock tick of file systems
    QVERIFY(QFile::setPermissions(name, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const FileIdentity changed = *file->identity();
    QVERIFY(changed.changeTime > before.changeTime);
    QCOMPARE(changed.modificationTime, before.modificationTime);
    QVERIFY(changed != before);

    const FileIdentity copy = *FileDescriptor::openRegular(write("other", "content"))->identity();
    QVERIFY(copy.inode != before.inode);
    QVERIFY(copy != before);
}

void FileDescriptorTest::statusTellsKindAndOwner()
{
    const QString name = write("file", "content");
    const auto opened = FileDescriptor::openWithStatus(name);
    QVERIFY(opened);
    QVERIFY(opened->status.isRegular() && !opened->status.isFolder());
    QCOMPARE(opened->status.owner, ::geteuid());
    QCOMPARE(opened->status.identity, *opened->file.identity());
    QVERIFY(QFile::setPermissions(name, QFile::ReadOwner | QFile::ExeOwner));
    QCOMPARE(opened->file.status()->mode & 0777U, 0500U);

    const FileDescriptor folder(::open(qPrintable(m_folder->path()), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    QVERIFY(folder.status()->isFolder() && !folder.status()->isRegular());
    QCOMPARE(FileDescriptor::openWithStatus(m_folder->path()).error().code(), ErrorCode("file-not-regular"));
}

void FileDescriptorTest::identityOfNothing()
{
    const auto identity = FileDescriptor().identity();
    QVERIFY(!identity);
    QCOMPARE(identity.error().code(), Codes::FileUnreadable);
    QCOMPARE(identity.error().message(), QStringLiteral("cannot examine an open file: Bad file descriptor"));
}

void FileDescriptorTest::readsAnywhere_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("all") << 0 << 10 << QByteArray("0123456789");
    QTest::newRow("beginning") << 0 << 3 << QByteArray("012");
    QTest::newRow("middle") << 4 << 2 << QByteArray("45");
    QTest::newRow("end") << 8 << 2 << QByteArray("89");
    QTest::newRow("nothing") << 5 << 0 << QByteArray("");
    QTest::newRow("nothing at the end") << 10 << 0 << QByteArray("");
}

void FileDescriptorTest::readsAnywhere()
{
    QFETCH(const int, offset);
    QFETCH(const int, size);
    QFETCH(const QByteArray, expected);
    const auto file = FileDescriptor::openRegular(write("file", "0123456789"));
    QVERIFY(file);
    QCOMPARE(*file->readAt(offset, size), expected);
    QByteArray buffer(size + 1, '!');
    QVERIFY(file->readAt(offset, buffer.data(), size));
    QCOMPARE(buffer, expected + '!');
}

void FileDescriptorTest::truncation_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("message");
    QTest::newRow("one byte too many") << 0 << 11 << "the file ends at offset 10, expected 11 bytes from 0";
    QTest::newRow("begins in the file") << 8 << 5 << "the file ends at offset 10, expected 5 bytes from 8";
    QTest::newRow("begins at its end") << 10 << 1 << "the file ends at offset 10, expected 1 bytes from 10";
}

void FileDescriptorTest::truncation()
{
    QFETCH(const int, offset);
    QFETCH(const int, size);
    const auto file = FileDescriptor::openRegular(write("file", "0123456789"));
    QVERIFY(file);
    const auto read = file->readAt(offset, size);
    QVERIFY(!read);
    QCOMPARE(read.error().code(), Codes::FileTruncated);
    QCOMPARE(read.error().code().name(), QLatin1StringView("file-truncated"));
    QTEST(read.error().message(), "message");
    QByteArray buffer(size, '!');
    QCOMPARE(file->readAt(offset, buffer.data(), size).error(), read.error());
}

void FileDescriptorTest::readFailureIsTold()
{
    const FileDescriptor writer(
        ::open(QFile::encodeName(path("new")).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    QVERIFY(writer.isValid());
    const auto read = writer.readAt(3, 1);
    QVERIFY(!read);
    QCOMPARE(read.error().code(), Codes::FileUnreadable);
    QCOMPARE(read.error().message(), QStringLiteral("cannot read at offset 3: Bad file descriptor"));
}

void FileDescriptorTest::readsDoNotMoveTheOffset()
{
    const auto file = FileDescriptor::openRegular(write("file", "0123456789"));
    QVERIFY(file);
    QVERIFY(file->readAt(4, 4));
    QCOMPARE(::lseek(file->get(), 0, SEEK_CUR), off_t(0));
}

void FileDescriptorTest::threadsMayShareIt()
{
    QByteArray content;
    for (int i = 0; i < 4096; ++i)
        content += QByteArray::number(i).rightJustified(8, '0');
    const auto file = FileDescriptor::openRegular(write("file", content));
    QVERIFY(file);
    std::atomic<int> wrong = 0;
    const auto readAll = [&](int first) {
        for (int i = first; i < 4096; i += 2) {
            const auto block = file->readAt(8 * i, 8);
            if (!block || block->toInt() != i)
                ++wrong;
        }
    };
    std::thread even(readAll, 0);
    std::thread odd(readAll, 1);
    even.join();
    odd.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_APPLESS_MAIN(FileDescriptorTest)
#include "tst_filedescriptor.moc"
