#include "verificationrecord_p.h"

#include <QtCore/QByteArrayList>
#include <QtCore/QStringBuilder>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace Axle::Internal {

namespace {

// As coarse as the coarsest time stamps of a file system (FAT's are 2 s).
constexpr std::int64_t SafeAge = 2'000'000'000;
constexpr char Format[] = "axle verification 1 ";
constexpr qsizetype IdentityFields = 5;

std::optional<std::int64_t> number(const QByteArray &text)
{
    bool isNumber = false;
    const std::int64_t value = text.toLongLong(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

/// `device inode size modified changed member`; the member is last since it may have spaces in it.
bool parseFile(const QByteArray &line, QHash<QString, FileIdentity> *files)
{
    std::int64_t fields[IdentityFields] = {};
    qsizetype begin = 0;
    for (std::int64_t &field : fields) {
        const qsizetype end = line.indexOf(' ', begin);
        const auto value = end < 0 ? std::nullopt : number(line.mid(begin, end - begin));
        if (!value)
            return false;
        field = *value;
        begin = end + 1;
    }
    files->insert(QString::fromUtf8(line.mid(begin)),
        {static_cast<std::uint64_t>(fields[0]), static_cast<std::uint64_t>(fields[1]), fields[2], fields[3],
            fields[4]});
    return true;
}

QString draftName(const QString &name)
{
    return name % u".new";
}

QByteArray fileLine(const QString &member, const FileIdentity &identity)
{
    QByteArray line;
    // Both are unsigned, but parsed as what QByteArray::toLongLong takes.
    for (const auto field : {static_cast<std::int64_t>(identity.device), static_cast<std::int64_t>(identity.inode),
             identity.size, identity.modificationTime, identity.changeTime}) {
        line += QByteArray::number(static_cast<qlonglong>(field)) + ' ';
    }
    return line + member.toUtf8() + '\n';
}

} // namespace

bool VerificationRecord::vouchesFor(const QString &member, const FileIdentity &now) const
{
    const auto known = files.constFind(member);
    return known != files.constEnd() && *known == now && now.changeTime + SafeAge <= taken;
}

QByteArray VerificationRecord::toBytes(const QByteArray &version) const
{
    QByteArray bytes = Format + version + '\n';
    bytes += QByteArray(needsTree ? "tree" : "archive") + ' ' + QByteArray::number(static_cast<qlonglong>(taken)) + ' '
        + QByteArray::number(files.size()) + '\n';
    for (auto file = files.cbegin(); file != files.cend(); ++file)
        bytes += fileLine(file.key(), file.value());
    return bytes;
}

std::optional<VerificationRecord> VerificationRecord::parse(const QByteArray &bytes, const QByteArray &version)
{
    const QByteArrayList lines = bytes.split('\n');
    const QByteArrayList head = lines.value(1).split(' ');
    if (lines.value(0) != Format + version || head.size() != 3 || (head[0] != "tree" && head[0] != "archive"))
        return std::nullopt;
    const auto taken = number(head[1]);
    // The last line ends with a line feed, after which split gives one more, empty.
    if (!taken || number(head[2]) != lines.size() - 3 || !lines.last().isEmpty())
        return std::nullopt;
    VerificationRecord record;
    record.needsTree = head[0] == "tree";
    record.taken = *taken;
    record.files.reserve(lines.size());
    for (qsizetype i = 2; i < lines.size() - 1; ++i) {
        if (!parseFile(lines[i], &record.files))
            return std::nullopt;
    }
    return record;
}

std::optional<VerificationRecord> readRecord(const PrivateFolder &folder, const QString &name)
{
    FileDescriptor file(
        ::openat(folder.fd.get(), name.toUtf8().constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    const auto identity = file.isValid() ? file.identity() : Result<FileIdentity>(FileIdentity());
    if (!identity || identity->size == 0)
        return std::nullopt;
    const auto bytes = file.readAt(0, identity->size);
    return bytes ? VerificationRecord::parse(*bytes, AXLE_VERSION) : std::nullopt;
}

Result<void> draftRecord(const PrivateFolder &folder, const QString &name, const VerificationRecord &record)
{
    dropDraft(folder, name);
    const auto written = writeFile(folder, draftName(name), record.toBytes(AXLE_VERSION));
    if (written)
        return {};
    dropDraft(folder, name);
    return written.error();
}

Result<void> placeRecord(const PrivateFolder &folder, const QString &name)
{
    const int fd = folder.fd.get();
    if (::renameat(fd, draftName(name).toUtf8().constData(), fd, name.toUtf8().constData()) == 0)
        return {};
    const Error error = writeError(folder.path % u'/' % name, errno);
    dropDraft(folder, name);
    return error;
}

void dropDraft(const PrivateFolder &folder, const QString &name)
{
    removeTree(folder.fd.get(), draftName(name).toUtf8());
}

} // namespace Axle::Internal
