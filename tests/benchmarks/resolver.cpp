// From what a folder holds to the plan, within a process: axle-bench-resolver DATA ROUNDS.
//
// DATA is the wheels of a data set of ../shared/bench or its graph.json; beside it are roots.txt, the plugins, and
// fixed.txt, the distributions of the host. Reading is not timed. Prints a JSON object: how many distributions and
// roots there are, how many of the roots are loaded, which are not, and the seconds of each round: `solve` to the plan,
// `explained` to the plan and why each other root is not in it, with remedies that were tried.
//
//     axle-bench-resolver DATA ROUNDS plan       adds the plan, and why each root is left out
//     axle-bench-resolver DATA ROUNDS reversed   the same, of the distributions in reverse
#include <axle/discovery/distributions.h>
#include <axle/discovery/scanner.h>
#include <axle/resolver/resolver.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace Axle;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("'%s' cannot be read: %s", qPrintable(path), qPrintable(file.errorString()));
    return file.readAll();
}

QStringList lines(const QString &path)
{
    return QString::fromUtf8(contents(path)).split(u'\n', Qt::SkipEmptyParts);
}

template<class Value>
Value parsed(const QString &text)
{
    auto value = Value::parse(text);
    if (!value)
        qFatal("%s", qPrintable(value.error().toString()));
    return *std::move(value);
}

QStringList strings(const QJsonValue &array)
{
    QStringList list;
    const QJsonArray values = array.toArray();
    for (const QJsonValue &value : values)
        list.append(value.toString());
    return list;
}

/// The same text is parsed once and shared, as it is where wheels are scanned.
template<class Value>
Value shared(const QString &text)
{
    static QHash<QString, Value> known;
    auto value = known.find(text);
    if (value == known.end())
        value = known.insert(text, parsed<Value>(text));
    return *value;
}

Distribution distribution(const QString &name, const QString &version, const QJsonObject &facts)
{
    Distribution result;
    result.name = shared<ProjectName>(name);
    result.version = parsed<Version>(version);
    result.location = name + u' ' + version;
    result.requiresPython = shared<SpecifierSet>(facts[u"requires_python"].toString());
    const QStringList requirements = strings(facts[u"requires"]);
    for (const QString &requirement : requirements)
        result.requiresDist.append(shared<Requirement>(requirement));
    result.providesExtra = strings(facts[u"extras"]);
    return result;
}

QList<Distribution> ofGraph(const QString &path)
{
    QList<Distribution> result;
    const QJsonObject projects = QJsonDocument::fromJson(contents(path))[u"projects"].toObject();
    for (auto project = projects.begin(); project != projects.end(); ++project) {
        const QJsonObject versions = project->toObject();
        for (auto version = versions.begin(); version != versions.end(); ++version)
            result.append(distribution(project.key(), version.key(), version->toObject()));
    }
    return result;
}

QList<Distribution> ofFolder(const QString &path)
{
    const auto files = Scanner(TargetPython::current()).scan(path);
    if (!files)
        qFatal("%s", qPrintable(files.error().toString()));
    return toDistributions(*files);
}

/// What the host brings takes the place of every other version.
void keepFixed(QList<Distribution> &distributions, const QStringList &fixed)
{
    QHash<ProjectName, Version> versions;
    for (const QString &line : fixed)
        versions.insert(parsed<ProjectName>(line.section(u'=', 0, 0)), parsed<Version>(line.section(u'=', -1)));
    distributions.removeIf([&](const Distribution &each) {
        const auto version = versions.constFind(each.name);
        return version != versions.cend() && *version != each.version;
    });
}

QJsonObject planObject(const Resolution &resolution)
{
    QJsonObject plan;
    for (const PlanEntry &entry : resolution.plan)
        plan[entry.distribution.name.normalized()] = entry.distribution.version.toString();
    return plan;
}

QJsonObject leftOutObject(const Resolution &resolution)
{
    QJsonObject leftOut;
    for (auto root = resolution.leftOut.cbegin(); root != resolution.leftOut.cend(); ++root)
        leftOut[root.key()] = root->toText();
    return leftOut;
}

ResolverInput inputOf(const QFileInfo &data)
{
    ResolverInput input;
    input.pythonVersion = TargetPython::current().version();
    input.environment = MarkerEnvironment::of(TargetPython::current());
    input.candidates = data.isDir() ? ofFolder(data.filePath()) : ofGraph(data.filePath());
    keepFixed(input.candidates, lines(data.path() + QStringLiteral("/fixed.txt")));
    return input;
}

/// Solves again and again, and writes down how long each round took; the answer of the last.
Resolution solve(const ResolverInput &input, const QList<PluginRequest> &roots, int rounds, QJsonObject &times)
{
    Resolution resolution;
    QJsonArray build;
    QJsonArray solve;
    QJsonArray explained;
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer clock;
        clock.start();
        const Resolver resolver(input);
        build.append(static_cast<double>(clock.nsecsElapsed()) / 1e9);
        clock.restart();
        resolution = resolver.resolvePlugins(roots, Explain::Nothing);
        solve.append(static_cast<double>(clock.nsecsElapsed()) / 1e9);
        clock.restart();
        resolution = resolver.resolvePlugins(roots);
        explained.append(static_cast<double>(clock.nsecsElapsed()) / 1e9);
    }
    times[u"build"] = build;
    times[u"solve"] = solve;
    times[u"explained"] = explained;
    return resolution;
}

} // namespace

int main(int argc, char **argv)
{
    const QString wish = argc == 4 ? QString::fromLocal8Bit(argv[3]) : QString();
    const int rounds = argc > 2 ? QByteArray(argv[2]).toInt() : 0;
    if (rounds < 1 || argc > 4 || (argc == 4 && wish != u"plan" && wish != u"reversed"))
        qFatal("usage: axle-bench-resolver DATA ROUNDS [plan|reversed]");
    const QFileInfo data(QString::fromLocal8Bit(argv[1]));
    ResolverInput input = inputOf(data);
    if (wish == u"reversed")
        std::reverse(input.candidates.begin(), input.candidates.end());
    QList<PluginRequest> roots;
    const QStringList names = lines(data.path() + QStringLiteral("/roots.txt"));
    for (const QString &name : names)
        roots.append({parsed<ProjectName>(name)});

    QJsonObject result{{QStringLiteral("dists"), input.candidates.size()}, {QStringLiteral("roots"), roots.size()}};
    const Resolution resolution = solve(input, roots, rounds, result);
    QStringList leftOut = resolution.leftOut.keys();
    leftOut.sort();
    result[u"loaded"] = roots.size() - leftOut.size();
    result[u"left_out"] = QJsonArray::fromStringList(leftOut);
    if (!wish.isEmpty()) {
        result[u"plan"] = planObject(resolution);
        result[u"reasons"] = leftOutObject(resolution);
    }
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
}
