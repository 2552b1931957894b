#include "targets.h"

#include <cstdio>
#include <cstdlib>

namespace Axle::Fuzz {

QList<Target> targets()
{
    return archiveTargets() + distInfoTargets() + packagingTargets();
}

Target target(const char *name)
{
    for (const Target &candidate : targets()) {
        if (std::string_view(candidate.name) == name)
            return candidate;
    }
    std::fprintf(stderr, "no fuzz target is named '%s'\n", name);
    std::abort();
}

void demand(bool holds, const char *law)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken law: %s\n", law);
    std::abort();
}

void demandGoodError(const Error &error)
{
    demand(!error.code().name().isEmpty(), "an error has a code");
    demand(!error.message().isEmpty(), "an error says something");
    const SourceSpan span = error.span();
    demand(span.begin >= 0 && span.begin <= span.end && span.end <= span.text.size(), "a span lies within its text");
    for (const QChar character : error.toString()) {
        const bool isControl = character.category() == QChar::Other_Control && character != u'\n';
        demand(!isControl, "an error shows no control character");
    }
}

} // namespace Axle::Fuzz
