// Times the types of the PEPs: axle-bench-packaging VERSIONS SPECIFIERS, two files of a text a line.
//
// Prints a JSON object of nanoseconds per operation, each the median of some rounds, of the same four operations that
// packaging.py gives to the peers.
#include <axle/packaging/specifierset.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace Axle;

namespace {

constexpr int Rounds = 5;
constexpr size_t MostSpecifiers = 100; // of which each is asked for …
constexpr size_t MostVersions = 400;   // … each of these

std::vector<QString> lines(const char *path)
{
    QFile file(QString::fromLocal8Bit(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("'%s' cannot be read: %s", path, qPrintable(file.errorString()));
    std::vector<QString> result;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (!line.isEmpty())
            result.push_back(QString::fromUtf8(line));
    }
    return result;
}

template<class Value>
std::vector<Value> parsed(const std::vector<QString> &texts)
{
    std::vector<Value> values;
    values.reserve(texts.size());
    for (const QString &text : texts) {
        if (auto value = Value::parse(text))
            values.push_back(*std::move(value));
    }
    return values;
}

/// Nanoseconds of each of `count` operations. `prepare` gives what `operate` takes, outside the time.
template<class Prepare, class Operate>
double measure(size_t count, Prepare prepare, Operate operate)
{
    std::vector<double> times;
    for (int round = 0; round < Rounds; ++round) {
        auto input = prepare();
        QElapsedTimer timer;
        timer.start();
        operate(input);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / static_cast<double>(count));
    }
    std::nth_element(times.begin(), times.begin() + Rounds / 2, times.end());
    return times[Rounds / 2];
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        qFatal("usage: axle-bench-packaging VERSIONS SPECIFIERS");
    const std::vector<QString> versionTexts = lines(argv[1]);
    const std::vector<QString> specifierTexts = lines(argv[2]);
    const std::vector<Version> versions = parsed<Version>(versionTexts);
    const std::vector<SpecifierSet> specifiers = parsed<SpecifierSet>(specifierTexts);
    const size_t asked = std::min(versions.size(), MostVersions);
    const size_t asking = std::min(specifiers.size(), MostSpecifiers);

    const auto nothing = [] { return 0; };
    int admitted = 0;
    QJsonObject result;
    result[u"parse"] = measure(versionTexts.size(), nothing, [&](int) { parsed<Version>(versionTexts); });
    result[u"parse a set"] =
        measure(specifierTexts.size(), nothing, [&](int) { parsed<SpecifierSet>(specifierTexts); });
    result[u"contains"] = measure(asked * asking, nothing, [&](int) {
        admitted = 0;
        for (size_t i = 0; i < asking; ++i) {
            for (size_t j = 0; j < asked; ++j)
                admitted += specifiers[i].contains(versions[j], Prereleases::Allow) ? 1 : 0;
        }
    });
    result[u"sort"] = measure(
        versions.size(), [&] { return versions; },
        [](std::vector<Version> &unsorted) { std::sort(unsorted.begin(), unsorted.end()); });
    const QString hostile = QStringLiteral(">=1,").repeated(1 << 18);
    result[u"hostile"] = measure(1, nothing, [&](int) { (void)SpecifierSet::parse(hostile); });
    result[u"admitted"] = admitted;
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
}
