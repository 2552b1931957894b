#include "command.h"
#include "output.h"
#include "world.h"

#include <axle/resolver/advisor.h>

namespace Axle::Command {

namespace {

/// What the folder says of one project or requirement. One of the two answers is there.
struct Answer
{
    std::optional<Presence> presence;
    std::optional<Absence> absence;
};

void print(const Answer &answer, Format format)
{
    if (format == Format::Text) {
        const QString text = answer.presence ? answer.presence->toText() : answer.absence->toText();
        Output::printLine(Output::wrapped(text).trimmed());
    } else {
        QJsonObject document = answer.presence ? answer.presence->toJson() : answer.absence->toJson();
        document[QStringLiteral("loaded")] = answer.presence.has_value();
        Output::printJson(document);
    }
}

/// Prints what there is to say; `Negative` where that is not what was asked for.
template<class Ask>
int answer(const Sources &sources, Format format, bool isExpectedToBeLoaded, Ask ask)
{
    const auto world = World::read(sources);
    if (!world)
        return Output::fail(world.error(), Unreadable, format);
    const Answer found = ask(Advisor(world->input, world->plugins()));
    print(found, format);
    return found.presence.has_value() == isExpectedToBeLoaded ? Answered : Negative;
}

} // namespace

int why(const Sources &sources, const QString &id, Format format)
{
    const auto project = ProjectName::parse(id.section(u':', 0, 0));
    if (!project)
        return Output::fail(project.error(), WrongUsage, format);
    return answer(sources, format, true, [&](const Advisor &advisor) {
        Answer found{advisor.why(*project), {}};
        if (!found.presence) {
            Requirement requirement;
            requirement.name = *project;
            found.absence = advisor.whyNot(requirement);
        }
        return found;
    });
}

int whyNot(const Sources &sources, const QString &text, Format format)
{
    const auto requirement = Requirement::parse(text);
    if (!requirement)
        return Output::fail(requirement.error(), WrongUsage, format);
    return answer(sources, format, false, [&](const Advisor &advisor) {
        Answer found{{}, advisor.whyNot(*requirement)};
        if (!found.absence)
            found.presence = advisor.why(requirement->name);
        return found;
    });
}

} // namespace Axle::Command
