#include "codes.h"
#include "input.h"
#include "world.h"

#include <QtCore/QHash>

namespace Axle {

namespace {

/// Without its comment: PEP 508 has no `#` outside of URLs, and the host's lines have none of those.
QString contentOf(const QString &line)
{
    return line.section(u'#', 0, 0).trimmed();
}

bool isPinned(const Requirement &requirement)
{
    const QList<Specifier> clauses = requirement.specifiers.specifiers();
    return requirement.extras.isEmpty() && requirement.url.isEmpty() && requirement.marker.isEmpty()
        && clauses.size() == 1 && clauses.first().op == Specifier::Operator::Equal && !clauses.first().wildcard;
}

/// Reads one line after the other, and remembers where each project was.
class FixedLines
{
public:
    explicit FixedLines(const QString &path)
        : m_path(path)
    {
    }

    Result<Distribution> parse(const QString &content, int line)
    {
        const auto requirement = Requirement::parse(content);
        if (!requirement)
            return invalid(content, line, QStringLiteral("'name==version'")).withCause(requirement.error());
        if (!isPinned(*requirement))
            return invalid(content, line, QStringLiteral("'name==version'"));
        const auto version = Version::parse(requirement->specifiers.specifiers().first().version);
        if (!version)
            return invalid(content, line, QStringLiteral("'name==version'")).withCause(version.error());
        if (const int other = m_lines.value(requirement->name)) {
            return invalid(content, line,
                QStringLiteral("each project once: '%1' is in line %2").arg(requirement->name.toString()).arg(other));
        }
        m_lines.insert(requirement->name, line);
        Distribution distribution;
        distribution.name = requirement->name;
        distribution.version = *version;
        // Explanations show where they have a fact from.
        distribution.location = QStringLiteral("%1:%2").arg(m_path).arg(line);
        return distribution;
    }

private:
    Error invalid(const QString &content, int line, const QString &expected) const
    {
        return Error(Codes::FixedInvalid,
            QStringLiteral("line %1 of '%2' is '%3', expected %4").arg(line).arg(m_path, content, expected),
            QStringLiteral("'pip freeze' prints such lines; take out what is not of this form"))
            .withSpan({m_path, content, 0, content.size(), line});
    }

    QString m_path;
    QHash<ProjectName, int> m_lines;
};

} // namespace

Result<QList<Distribution>> readFixed(const QString &path)
{
    const auto text = Input::readText(path);
    if (!text)
        return text.error();
    FixedLines reader(path);
    QList<Distribution> fixed;
    int number = 0;
    for (const QString &line : QString::fromUtf8(*text).split(u'\n')) {
        ++number;
        const QString content = contentOf(line);
        if (content.isEmpty())
            continue;
        const auto distribution = reader.parse(content, number);
        if (!distribution)
            return distribution.error();
        fixed.append(*distribution);
    }
    return fixed;
}

} // namespace Axle
