#include <axle/discovery/scannedmetadata.h>

#include <axle/wheel/wheel.h>

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

void takeRequirement(ScannedMetadata &metadata, QStringView value)
{
    const qsizetype blank = value.indexOf(u' ');
    const auto requirement = Requirement::parse(value.sliced(blank + 1));
    if (!requirement)
        return;
    metadata.requiresDist += *requirement;
    metadata.requiresDistLines += value.first(qMax<qsizetype>(blank, 0)).toInt();
}

void take(ScannedMetadata &metadata, char mark, const QString &value)
{
    switch (mark) {
    case NameMark:
        metadata.name = ProjectName::parse(value).value_or(ProjectName());
        break;
    case VersionMark:
        metadata.version = Version::parse(value).value_or(Version());
        break;
    case SummaryMark:
        metadata.summary = value;
        break;
    case RequiresPythonMark:
        metadata.requiresPython = SpecifierSet::parse(value).value_or(SpecifierSet());
        break;
    case RequiresDistMark:
        takeRequirement(metadata, value);
        break;
    case ProvidesExtraMark:
        metadata.providesExtra += value;
        break;
    default:
        break;
    }
}

} // namespace

ScannedMetadata ScannedMetadata::of(const WheelSummary &wheel)
{
    const CoreMetadata &metadata = wheel.metadata;
    return {metadata.name, metadata.version, metadata.summary, metadata.requiresPython, metadata.requiresDist,
        metadata.requiresDistLines, metadata.providesExtra, wheel.entryPoints};
}

ScannedMetadata ScannedMetadata::parse(QByteArrayView text)
{
    ScannedMetadata metadata;
    qsizetype begin = 0;
    for (;;) {
        const qsizetype end = text.indexOf('\n', begin);
        if (end <= begin) {
            begin = end < 0 ? text.size() : end + 1;
            break;
        }
        take(metadata, text.at(begin), QString::fromUtf8(text.sliced(begin + 1, end - begin - 1)));
        begin = end + 1;
    }
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
    return text + '\n' + textOf(entryPoints);
}

} // namespace Axle
