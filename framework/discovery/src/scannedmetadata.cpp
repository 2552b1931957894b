#include <axle/discovery/scannedmetadata.h>

#include <axle/wheel/wheel.h>

#include <vector>

namespace Axle {

namespace {

// One line for each value, with one of these before it; after an empty line, the entry points as in their file. Between
// the mark of a requirement and its text is the number of its line in METADATA: `d12 numpy>=2`.
enum Mark : char {
    NameMark = 'n',
    VersionMark = 'v',
    SummaryMark = 's',
    RequiresPythonMark = 'p',
    RequiresDistMark = 'd',
    ProvidesExtraMark = 'x',
    TopLevelsMark = 't', // all in one line, blanks between them
    NamespacesMark = 'm',
};

void append(QByteArray &text, Mark mark, const QString &value)
{
    text += mark;
    text += value.toUtf8();
    text += '\n';
}

QByteArray textOf(const EntryPoints &entryPoints)
{
    QString text;
    QString group;
    for (const EntryPoint &entry : entryPoints.all()) {
        if (entry.group != group) {
            group = entry.group;
            text += u'[' + group + QStringLiteral("]\n");
        }
        text += entry.toString() + u'\n';
    }
    return text.toUtf8();
}

/// What texts of one kind were parsed last. Of each slot the text that came last is known, so that it never grows.
template<class T>
class Recent
{
public:
    /// A default-made value where the text is none.
    const T &parse(QByteArrayView text)
    {
        Slot &slot = m_slots[qHash(text) % m_slots.size()];
        if (slot.text != text)
            slot = {text.toByteArray(), T::parse(QString::fromUtf8(text)).value_or(T())};
        return slot.value;
    }

private:
    struct Slot
    {
        QByteArray text;
        T value = {};
    };
    std::vector<Slot> m_slots = std::vector<Slot>(512);
};

/// Names with blanks between them.
struct NameList
{
    QStringList names;

    static std::optional<NameList> parse(const QString &text) { return NameList{text.split(u' ', Qt::SkipEmptyParts)}; }
};

/// Wheels of one project are parsed one after the other: they have the same name, and most of what they require is the
/// same. So it is parsed once, and what is made of it takes memory once.
struct Recents
{
    Recent<ProjectName> names;
    Recent<Version> versions;
    Recent<SpecifierSet> specifierSets;
    Recent<Requirement> requirements;
    Recent<NameList> topLevels;
};

void takeRequirement(ScannedMetadata &metadata, QByteArrayView value, Recents &recents)
{
    const qsizetype blank = value.indexOf(' ');
    const Requirement &requirement = recents.requirements.parse(value.sliced(blank + 1));
    if (requirement.name.isEmpty())
        return;
    metadata.requiresDist += requirement;
    metadata.requiresDistLines += value.first(qMax<qsizetype>(blank, 0)).toInt();
}

void take(ScannedMetadata &metadata, char mark, QByteArrayView value, Recents &recents)
{
    switch (mark) {
    case NameMark:
        metadata.name = recents.names.parse(value);
        break;
    case VersionMark:
        metadata.version = recents.versions.parse(value);
        break;
    case SummaryMark:
        metadata.summary = QString::fromUtf8(value);
        break;
    case RequiresPythonMark:
        metadata.requiresPython = recents.specifierSets.parse(value);
        break;
    case RequiresDistMark:
        takeRequirement(metadata, value, recents);
        break;
    case ProvidesExtraMark:
        metadata.providesExtra += QString::fromUtf8(value);
        break;
    case TopLevelsMark:
        metadata.topLevels = recents.topLevels.parse(value).names;
        break;
    case NamespacesMark:
        metadata.namespaces = recents.topLevels.parse(value).names;
        break;
    default:
        break;
    }
}

} // namespace

ScannedMetadata ScannedMetadata::of(const WheelSummary &wheel)
{
    const CoreMetadata &metadata = wheel.metadata;
    ScannedMetadata result{metadata.name, metadata.version, metadata.summary, metadata.requiresPython,
        metadata.requiresDist, metadata.requiresDistLines, metadata.providesExtra, wheel.entryPoints};
    for (const TopLevelName &name : wheel.topLevelNames)
        (name.kind == TopLevelName::Kind::Namespace ? result.namespaces : result.topLevels) += name.name;
    return result;
}

ScannedMetadata ScannedMetadata::parse(QByteArrayView text)
{
    thread_local Recents recents;
    ScannedMetadata metadata;
    qsizetype begin = 0;
    for (;;) {
        const qsizetype end = text.indexOf('\n', begin);
        if (end <= begin) {
            begin = end < 0 ? text.size() : end + 1;
            break;
        }
        take(metadata, text.at(begin), text.sliced(begin + 1, end - begin - 1), recents);
        begin = end + 1;
    }
    if (begin < text.size())
        metadata.entryPoints = EntryPoints::parse(text.sliced(begin).toByteArray()).value_or(EntryPoints());
    return metadata;
}

QByteArray ScannedMetadata::toText() const
{
    QByteArray text;
    append(text, NameMark, name.toString());
    append(text, VersionMark, version.toString());
    append(text, SummaryMark, summary);
    append(text, RequiresPythonMark, requiresPython.toString());
    for (qsizetype i = 0; i < requiresDist.size(); ++i) {
        append(text, RequiresDistMark,
            QStringLiteral("%1 %2").arg(requiresDistLines.value(i)).arg(requiresDist[i].toString()));
    }
    for (const QString &extra : providesExtra)
        append(text, ProvidesExtraMark, extra);
    if (!topLevels.isEmpty())
        append(text, TopLevelsMark, topLevels.join(u' '));
    if (!namespaces.isEmpty())
        append(text, NamespacesMark, namespaces.join(u' '));
    return text + '\n' + textOf(entryPoints);
}

} // namespace Axle
