#include "smallworld.h"

namespace Axle::Test {

namespace {

bool chance(QRandomGenerator &random, int percent)
{
    return random.bounded(100) < percent;
}

SmallNeed drawNeed(QRandomGenerator &random, int projectCount, int pluginCount)
{
    SmallNeed need;
    need.project =
        chance(random, 85) ? pluginCount + random.bounded(projectCount - pluginCount) : random.bounded(projectCount);
    need.condition = chance(random, 25) ? 0 : random.bounded(static_cast<int>(SmallCondition::all().size()));
    need.asksForExtra = chance(random, 15);
    if (chance(random, 20))
        need.when = chance(random, 75) ? SmallNeed::When::WithExtra : SmallNeed::When::Never;
    return need;
}

SmallVersion drawVersion(QRandomGenerator &random, int release, int projectCount, int pluginCount)
{
    SmallVersion version;
    version.release = release;
    version.module = chance(random, 8) ? random.bounded(2) : -1;
    version.isYanked = chance(random, 8);
    version.isUnusable = chance(random, 4);
    version.isForOtherPython = chance(random, 4);
    version.isPreferred = chance(random, 6);
    version.providesExtra = chance(random, 40);
    for (int i = random.bounded(3); i > 0; --i)
        version.needs.append(drawNeed(random, projectCount, pluginCount));
    for (const SmallNeed &need : std::as_const(version.needs))
        version.providesExtra = version.providesExtra || need.when == SmallNeed::When::WithExtra;
    return version;
}

SmallProject drawProject(QRandomGenerator &random, const QString &name, int projectCount, int pluginCount)
{
    SmallProject project{name, {}, -1};
    for (int release = 0; release < SmallRelease::all().size(); ++release) {
        if (chance(random, 40))
            continue;
        project.versions.append(drawVersion(random, release, projectCount, pluginCount));
        if (!chance(random, 5))
            continue;
        project.versions.append(drawVersion(random, release, projectCount, pluginCount));
        project.versions.last().tagRank = 1;
    }
    if (project.versions.isEmpty())
        return project;
    const auto special = random.bounded(static_cast<int>(project.versions.size()));
    if (chance(random, 7))
        project.fixed = special;
    else if (chance(random, 8))
        project.versions[special].isPinned = true;
    return project;
}

QString markerOf(SmallNeed::When when)
{
    if (when == SmallNeed::When::WithExtra)
        return QStringLiteral("; extra == 'more'");
    return when == SmallNeed::When::Never ? QStringLiteral("; sys_platform == 'win32'") : QString();
}

Distribution distributionOf(const SmallWorld &world, int number, int place)
{
    const SmallProject &project = world.projects[number];
    const SmallVersion &version = project.versions[place];
    QStringList requirements;
    for (const SmallNeed &need : version.needs) {
        requirements.append(world.projects[need.project].name
            + (need.asksForExtra ? QStringLiteral("[more] ") : QStringLiteral(" ")) + need.what().text
            + markerOf(need.when));
    }
    Distribution result = distribution(project.name + u' ' + SmallRelease::all()[version.release].text, requirements);
    result.location = world.location(number, place);
    result.tagRank = version.tagRank;
    result.isYanked = version.isYanked;
    if (version.providesExtra)
        result.providesExtra = {QStringLiteral("more")};
    if (version.module >= 0)
        result.topLevels = {QStringLiteral("module%1").arg(version.module)};
    if (version.isUnusable)
        result.unusable = Error(ErrorCode("test-unusable"), QStringLiteral("it is broken"));
    if (version.isForOtherPython)
        result.requiresPython = SpecifierSet::parse(QStringLiteral(">=3.12")).value();
    return result;
}

} // namespace

const QList<SmallRelease> &SmallRelease::all()
{
    static const QList<SmallRelease> releases{
        {QStringLiteral("1")}, {QStringLiteral("2")}, {QStringLiteral("3rc1"), true}, {QStringLiteral("3")}};
    return releases;
}

const QList<SmallCondition> &SmallCondition::all()
{
    static const QList<SmallCondition> conditions{{QString(), 0b1111}, {QStringLiteral("<2"), 0b0001},
        {QStringLiteral(">=2"), 0b1110}, {QStringLiteral("!=1"), 0b1110}, {QStringLiteral("==1"), 0b0001, false, true},
        {QStringLiteral(">=3rc1"), 0b1100, true}, {QStringLiteral(">3"), 0b0000},
        {QStringLiteral("==2"), 0b0010, false, true}, {QStringLiteral("<3"), 0b0011},
        {QStringLiteral("==3rc1"), 0b0100, true, true}, {QStringLiteral("==2.*"), 0b0010},
        {QStringLiteral(">1,!=3"), 0b0110}};
    return conditions;
}

SmallWorld SmallWorld::draw(QRandomGenerator &random)
{
    SmallWorld world;
    const int plugins = 2 + random.bounded(3);
    const int projects = plugins + 1 + random.bounded(3);
    for (int i = 0; i < plugins; ++i) {
        // Mostly of one class, since only then is there something to count.
        world.priorities.append(
            chance(random, 70) ? PluginPriority::Enabled : static_cast<PluginPriority>(random.bounded(4)));
    }
    for (int i = 0; i < projects; ++i) {
        const QString name = i < plugins ? QStringLiteral("plugin-%1").arg(i) : QStringLiteral("lib-%1").arg(i);
        world.projects.append(drawProject(random, name, projects, plugins));
    }
    if (chance(random, 20))
        world.prereleases = chance(random, 50) ? Prereleases::Allow : Prereleases::Refuse;
    world.capabilities = {chance(random, 50), chance(random, 50)};
    return world;
}

ResolverInput SmallWorld::input(QRandomGenerator &order) const
{
    ResolverInput input = inputOf({});
    for (int number = 0; number < projects.size(); ++number) {
        for (int place = 0; place < projects[number].versions.size(); ++place) {
            const SmallVersion &version = projects[number].versions[place];
            const Distribution made = distributionOf(*this, number, place);
            (place == projects[number].fixed ? input.fixed : input.candidates).append(made);
            if (version.isPinned)
                input.pinned.append(made.location);
            if (version.isPreferred)
                input.preferred.append(made.location);
        }
    }
    for (QList<Distribution> *list : {&input.candidates, &input.fixed})
        std::shuffle(list->begin(), list->end(), order);
    for (QStringList *list : {&input.pinned, &input.preferred})
        std::shuffle(list->begin(), list->end(), order);
    input.prereleases = prereleases;
    input.capabilities = capabilities;
    return input;
}

QList<PluginRequest> SmallWorld::roots() const
{
    QList<PluginRequest> roots;
    for (int i = 0; i < pluginCount(); ++i)
        roots.append({projectName(projects[i].name), priorities[i]});
    return roots;
}

int SmallWorld::indexOf(const QString &name) const
{
    for (int i = 0; i < projects.size(); ++i) {
        if (projects[i].name == name)
            return i;
    }
    return -1;
}

QString SmallWorld::location(int project, int version) const
{
    const SmallVersion &each = projects[project].versions[version];
    return QStringLiteral("/plugins/%1-%2-%3.whl")
        .arg(QString(projects[project].name).replace(u'-', u'_'), SmallRelease::all()[each.release].text)
        .arg(each.tagRank);
}

QString SmallWorld::toString() const
{
    QString text = QStringLiteral("prereleases %1, priorities").arg(static_cast<int>(prereleases));
    for (const PluginPriority priority : priorities)
        text += QStringLiteral(" %1").arg(static_cast<int>(priority));
    for (int number = 0; number < projects.size(); ++number) {
        for (int place = 0; place < projects[number].versions.size(); ++place) {
            const SmallVersion &version = projects[number].versions[place];
            const Distribution made = distributionOf(*this, number, place);
            text += u'\n' + made.toString();
            for (const Requirement &requirement : made.requiresDist)
                text += QStringLiteral(" [%1]").arg(requirement.toString());
            const std::pair<bool, const char *> marks[]{{place == projects[number].fixed, " fixed"},
                {version.isPinned, " pinned"}, {version.isPreferred, " preferred"}, {version.isYanked, " yanked"},
                {version.isUnusable, " unusable"}, {version.isForOtherPython, " python"},
                {version.providesExtra, " more"}, {version.module == 0, " module0"}, {version.module == 1, " module1"}};
            for (const auto &[isSet, mark] : marks)
                text += isSet ? QLatin1StringView(mark) : QLatin1StringView();
        }
    }
    return text;
}

int universeCount()
{
    bool isNumber = false;
    const int count = qEnvironmentVariableIntValue("AXLE_UNIVERSES", &isNumber);
    return isNumber ? count : 10'000;
}

} // namespace Axle::Test
