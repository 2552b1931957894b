#include "zipmutator.h"

#include "zipparser.h"

#include <QtCore/QCryptographicHash>

#include <array>

namespace Axle::Fuzz {

using Test::RawHeader;
using Test::RawMember;
using Test::RawZip;

namespace {

/// One zip file under change.
struct Change
{
    RawZip &zip;
    Random &random;
    const ByteMutator &mutateBytes;

    qsizetype below(qsizetype limit) const
    {
        return static_cast<qsizetype>(random() % static_cast<Random::result_type>(limit));
    }
    bool oneIn(qsizetype limit) const { return below(limit) == 0; }
    RawMember &anyMember() const { return zip.members[below(zip.members.size())]; }
    template<class T, size_t Size>
    T oneOf(const std::array<T, Size> &values) const
    {
        return values.at(static_cast<size_t>(below(Size)));
    }
    /// A number at which a reader might stumble, near `value`, or any.
    template<class T>
    T number(T value) const
    {
        const std::array<T, 10> likely{T(0), T(1), T(value + 1), T(value - 1), T(~T(0)), T(~T(0) - 1), T(T(~T(0)) >> 1),
            T(value ^ (T(1) << below(8 * sizeof(T)))), T(value * 2), T(random())};
        return oneOf(likely);
    }
};

void changeContents(const Change &change)
{
    RawMember &member = change.anyMember();
    if (const auto contents = contentsOf(member))
        setContents(member, change.mutateBytes(*contents));
}

/// The compressed bytes change, the contents that the headers promise do not.
void changePayload(const Change &change)
{
    RawMember &member = change.anyMember();
    member.payload = change.mutateBytes(member.payload);
    if (!change.oneIn(4))
        member.setCompressedSize(static_cast<std::uint32_t>(member.payload.size()));
}

void changeName(const Change &change)
{
    static const std::array<QByteArray, 16> Names{"../x", "/x", "a/../b", "./a", "C:x", "a\\b", "a/", "a", "A",
        "\303\251", "e\314\201", "demo/__init__.py", "demo-1.0.dist-info/RECORD", "other-1.dist-info/METADATA", "a//b",
        "demo-1.0.data/purelib/x.py"};
    RawMember &member = change.anyMember();
    const QByteArray name = change.oneIn(2) ? change.oneOf(Names) : change.mutateBytes(member.central.name);
    if (change.oneIn(6))
        member.local.name = name;
    else
        member.setName(name);
}

/// A field of one header, or of both.
void changeField(const Change &change)
{
    RawMember &member = change.anyMember();
    const bool isBoth = change.oneIn(2);
    RawHeader &header = change.oneIn(2) ? member.local : member.central;
    const auto change16 = [&](std::uint16_t RawHeader::*field) {
        header.*field = change.number(header.*field);
        if (isBoth)
            member.local.*field = member.central.*field = header.*field;
    };
    const auto change32 = [&](std::uint32_t RawHeader::*field) {
        header.*field = change.number(header.*field);
        if (isBoth)
            member.local.*field = member.central.*field = header.*field;
    };
    switch (change.below(8)) {
    case 0:
        return change16(&RawHeader::version);
    case 1:
        return change16(&RawHeader::flags);
    case 2:
        return change16(&RawHeader::method);
    case 3:
        return change32(&RawHeader::crc32);
    case 4:
        return change32(&RawHeader::compressedSize);
    case 5:
        return change32(&RawHeader::size);
    case 6:
        member.central.mode = change.number(static_cast<std::uint16_t>(member.central.mode));
        return;
    default:
        member.central.disk = change.number(member.central.disk);
        return;
    }
}

QByteArray anyExtraRecord(const Change &change, const RawMember &member)
{
    static const std::array<std::uint16_t, 5> Ids{0x0001, 0x7075, 0x5455, 0x000a, 0x9901};
    QByteArray data;
    if (change.oneIn(2))
        data = Test::le64(member.central.size) + Test::le64(member.central.compressedSize) + Test::le64(0);
    else
        data = '\1' + Test::le32(Test::rawCrc32(member.central.name)) + member.central.name;
    data.truncate(change.oneIn(2) ? data.size() : change.below(data.size() + 1));
    return Test::le16(change.oneOf(Ids)) + Test::le16(static_cast<std::uint16_t>(data.size())) + data;
}

void changeExtra(const Change &change)
{
    RawMember &member = change.anyMember();
    const bool isMutation = change.oneIn(3);
    const auto changed = [&](const QByteArray &extra) {
        return isMutation ? change.mutateBytes(extra) : extra + anyExtraRecord(change, member);
    };
    const qsizetype which = change.below(3);
    if (which != 0)
        member.local.extra = changed(member.local.extra);
    if (which != 1)
        member.central.extra = changed(member.central.extra);
    if (change.oneIn(3))
        member.local.extra = member.central.extra;
}

void changeMembers(const Change &change)
{
    QList<RawMember> &members = change.zip.members;
    const qsizetype at = change.below(members.size());
    switch (change.below(6)) {
    case 0:
        members.insert(change.below(members.size() + 1), members[at]);
        return;
    case 1:
        members.removeAt(at);
        return;
    case 2:
        members.swapItemsAt(at, change.below(members.size()));
        return;
    case 3:
        members[at].hasLocal = !members[at].hasLocal;
        return;
    case 4:
        members[at].hasCentral = !members[at].hasCentral;
        return;
    default:
        change.zip.add("new/" + QByteArray::number(change.below(4)), QByteArray(change.below(200), 'n'));
        return;
    }
}

void changeKind(const Change &change)
{
    RawMember &member = change.anyMember();
    if (change.oneIn(2))
        member.useDescriptor();
    else
        member.useZip64(change.oneIn(2) ? 0 : change.number(std::uint64_t(100)));
    if (change.oneIn(3))
        member.after = change.mutateBytes(member.after);
}

void changeEnd(const Change &change)
{
    Test::RawEnd &end = change.zip.end;
    switch (change.below(8)) {
    case 0:
        end.comment = change.mutateBytes(end.comment);
        return;
    case 1:
        end.members = change.number(static_cast<std::uint16_t>(change.zip.members.size()));
        return;
    case 2:
        end.membersOnDisk = change.number(static_cast<std::uint16_t>(change.zip.members.size()));
        return;
    case 3:
        end.directorySize = change.number(std::uint32_t(46));
        return;
    case 4:
        end.directoryOffset = change.number(std::uint32_t(100));
        return;
    case 5:
        end.commentSize = change.number(static_cast<std::uint16_t>(end.comment.size()));
        return;
    case 6:
        end.disk = change.number(end.disk);
        return;
    default:
        end.directoryDisk = change.number(end.directoryDisk);
        return;
    }
}

void changeZip64(const Change &change)
{
    auto &zip64 = change.zip.zip64;
    if (!zip64) {
        zip64.emplace();
        change.zip.end.members = change.zip.end.membersOnDisk = 0xffff;
        return;
    }
    const auto members = static_cast<std::uint64_t>(change.zip.members.size());
    switch (change.below(8)) {
    case 0:
        zip64.reset();
        return;
    case 1:
        zip64->recordSize = change.number(zip64->recordSize);
        return;
    case 2:
        zip64->members = change.number(members);
        return;
    case 3:
        zip64->membersOnDisk = change.number(members);
        return;
    case 4:
        zip64->directorySize = change.number(std::uint64_t(46));
        return;
    case 5:
        zip64->directoryOffset = change.number(std::uint64_t(100));
        return;
    case 6:
        zip64->recordOffset = change.number(std::uint64_t(200));
        return;
    default:
        zip64->disks = change.number(zip64->disks);
        return;
    }
}

void changeGaps(const Change &change)
{
    RawMember &member = change.anyMember();
    const std::array<QByteArray *, 6> gaps{&change.zip.prefix, &change.zip.suffix, &change.zip.beforeDirectory,
        &change.zip.afterDirectory, &member.before, &member.after};
    QByteArray &gap = *change.oneOf(gaps);
    gap = change.mutateBytes(gap);
}

void changeSomething(const Change &change)
{
    static const std::array<void (*)(const Change &), 12> Changes{changeContents, changeContents, changeContents,
        changePayload, changeName, changeField, changeExtra, changeMembers, changeKind, changeEnd, changeZip64,
        changeGaps};
    if (change.zip.members.isEmpty())
        change.zip.add("a", "b");
    change.oneOf(Changes)(change);
}

} // namespace

void rewriteRecord(RawZip &zip)
{
    RawMember *record = nullptr;
    QByteArray rows;
    for (RawMember &member : zip.members) {
        const QByteArray &name = member.central.name;
        if (name.endsWith(".dist-info/RECORD")) {
            record = &member;
            continue;
        }
        const auto contents = contentsOf(member);
        if (!contents || name.endsWith('/'))
            continue;
        const QByteArray hash = QCryptographicHash::hash(*contents, QCryptographicHash::Sha256);
        rows += name + ",sha256=" + hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) + ','
            + QByteArray::number(contents->size()) + '\n';
    }
    if (record)
        setContents(*record, rows + record->central.name + ",,\n");
}

QByteArray mutateZip(const QByteArray &input, Random &random, const ByteMutator &mutateBytes)
{
    auto zip = parseZip(input);
    if (!zip || random() % 16 == 0)
        return mutateBytes(input);
    const Change change{*zip, random, mutateBytes};
    for (qsizetype changes = 1 + change.below(3); changes > 0; --changes)
        changeSomething(change);
    if (!change.oneIn(4))
        rewriteRecord(*zip);
    return zip->bytes();
}

} // namespace Axle::Fuzz
