// Names, versions, specifiers, requirements, markers and tags: texts that wheels and people give.
#include "targets.h"

#include <axle/packaging/requirement.h>
#include <axle/packaging/specifierset.h>
#include <axle/packaging/tag.h>
#include <axle/packaging/version.h>
#include <axle/wheel/wheelfilename.h>

namespace Axle::Fuzz {

namespace {

/// The value that `text` means, whose own text means the same.
template<class T>
std::optional<T> parsed(QStringView text)
{
    const Result<T> value = T::parse(text);
    if (!value) {
        demandGoodError(value.error());
        return {};
    }
    const Result<T> again = T::parse(value->toString());
    demand(again.has_value(), "what toString() says can be parsed");
    demand(*again == *value, "parse(x.toString()) == x");
    demand(again->toString() == value->toString(), "toString() is a normal form");
    return *value;
}

QStringList lines(const QByteArray &input)
{
    return QString::fromUtf8(input).split(u'\n');
}

Seeds numbered(const QList<QByteArray> &texts)
{
    Seeds seeds;
    for (const QByteArray &text : texts)
        seeds.insert(QString::number(seeds.size()), text);
    return seeds;
}

void checkOrder(const Version &a, const Version &b)
{
    demand((a <=> b) == (0 <=> (b <=> a)), "a < b exactly when b > a");
    demand((a == b) == ((a <=> b) == 0), "equal exactly when neither is less");
    demand(a != b || qHash(a, 0) == qHash(b, 0), "equal versions have equal hashes");
}

/// Up to three versions, one a line.
void runVersion(const QByteArray &input)
{
    QList<Version> versions;
    for (const QString &line : lines(input).mid(0, 3)) {
        if (const auto version = parsed<Version>(line)) {
            demand(*parsed<Version>(version->publicVersion()) <= *version, "a local part makes a version greater");
            demand(version->isPrerelease() || !version->isDevrelease(), "a dev release is a pre-release");
            versions += *version;
        }
    }
    for (const Version &a : versions) {
        for (const Version &b : versions) {
            checkOrder(a, b);
            for (const Version &c : versions)
                demand(!(a <= b && b <= c) || a <= c, "the order is transitive");
        }
    }
}

void checkContains(const SpecifierSet &set, const Version &version)
{
    const bool isAllowed = set.contains(version, Prereleases::Allow);
    const bool isByRule = set.contains(version, Prereleases::ByRule);
    demand(isAllowed || !isByRule, "a rule about pre-releases lets nothing else in");
    demand(isByRule || !set.contains(version, Prereleases::Refuse), "to refuse pre-releases lets nothing else in");
    bool isInAll = true;
    for (const Specifier &clause : set.specifiers())
        isInAll = isInAll && parsed<SpecifierSet>(clause.toString())->contains(version, Prereleases::Allow);
    demand(isInAll == isAllowed, "a set contains what each of its clauses contains");
}

/// A specifier set, and on further lines versions that it may contain.
void runSpecifier(const QByteArray &input)
{
    const QStringList texts = lines(input);
    const auto set = parsed<SpecifierSet>(texts.first());
    if (!set)
        return;
    for (const QString &text : texts.mid(1, 4)) {
        if (const auto version = parsed<Version>(text))
            checkContains(*set, *version);
    }
}

MarkerEnvironment environment()
{
    TargetPython python;
    python.major = 3;
    python.minor = 11;
    python.micro = 2;
    return MarkerEnvironment::of(python);
}

void checkMarker(const Marker &marker)
{
    static const MarkerEnvironment here = environment();
    const auto again = Marker::parse(marker.toString());
    for (const QSet<QString> &extras : {QSet<QString>(), QSet<QString>{QStringLiteral("test")}})
        demand(again->evaluate(here, extras) == marker.evaluate(here, extras), "equal markers hold alike");
}

/// One text, read as a requirement and as a marker.
void runRequirement(const QByteArray &input)
{
    const QString text = QString::fromUtf8(input);
    if (const auto requirement = parsed<Requirement>(text)) {
        demand(requirement->url.isEmpty() || requirement->specifiers.isEmpty(), "a URL or specifiers");
        checkMarker(requirement->marker);
    }
    if (const auto marker = parsed<Marker>(text))
        checkMarker(*marker);
}

void runTags(const QByteArray &input)
{
    constexpr qsizetype MaximumTags = 4096;
    const auto set = TagSet::parse(QString::fromUtf8(input));
    if (!set)
        return demandGoodError(set.error());
    const QList<Tag> tags = set->tags();
    demand(!tags.isEmpty() && tags.size() <= MaximumTags, "some tags, but no more than are allowed");
    demand(set->rank(*set) == 0, "the best tag of a set is its first");
    constexpr qsizetype Looked = 64; // at the first of thousands that are made alike
    for (const Tag &tag : tags.mid(0, Looked)) {
        demand(set->contains(tag), "a set contains its tags");
        const auto alone = TagSet::parse(tag.toString());
        demand(alone && alone->tags() == QList<Tag>{tag}, "parse(tag.toString()) is the tag");
    }
}

void runFileName(const QByteArray &input)
{
    const QString text = QString::fromUtf8(input);
    const auto name = parsed<WheelFileName>(text);
    if (!name)
        return;
    demand(name->toString() == text, "a file name stays as it was");
    demand(text.endsWith(QStringLiteral(".whl")) && !text.contains(u'/'), "it names a wheel, in no folder");
    demand(!name->name.isEmpty() && !name->tags.tags().isEmpty(), "it has all parts");
}

Seeds versionSeeds()
{
    return numbered({"1.0\n1.0.0\n1", "v1!2.0-RC.1+Ubuntu_1\n1.0.post1\n1.0.dev0", "1.0a1.dev2\n1.0-1\n1.0.0.0b3",
        "2024.12.31rc99\n0!0\n1+1", "1.0c1\n1.0-preview_2\n1.0r3"});
}

Seeds specifierSeeds()
{
    return numbered({">=1.0,<2,!=1.5.*\n1.5\n1.4.1\n2.0rc1", "~=2.2.post3\n2.3\n2.2", "===whatever\nwhatever",
        "==1.*,>0.9a1\n1.0+local\n1.0.dev1", "<=1!3.0 , >1.0.post1\n1.0.post2\n1!2"});
}

Seeds requirementSeeds()
{
    return numbered({"requests[security,tests]>=2.8.1,==2.8.* ; python_version < \"2.7\"",
        "pip @ https://example.invalid/pip.zip ; os_name == 'posix'", "name (>=3) ; extra == 'test' or extra != 'x'",
        "(python_version >= '3.8' and sys_platform in 'linux darwin') or 'a' not in platform_machine",
        "a;implementation_name=='cpython' and (platform_release>='5' or python_full_version~='3.11.1')"});
}

Seeds tagSeeds()
{
    return numbered({"py2.py3-none-any", "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64",
        "cp37-abi3-musllinux_1_2_aarch64", "CP38.cp39-none-win_amd64", "pp310-pypy310_pp73-macosx_11_0_universal2"});
}

Seeds fileNameSeeds()
{
    return numbered({"demo-1.0-py3-none-any.whl", "a_b.c-1!2.0rc1+x.y-1build-py2.py3-none-any.whl",
        "numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "D-v1_0-0-cp3-abi3-linux_i686.whl"});
}

} // namespace

QList<Target> packagingTargets()
{
    return {
        {"version", runVersion, versionSeeds},
        {"specifier", runSpecifier, specifierSeeds},
        {"requirement", runRequirement, requirementSeeds},
        {"tags", runTags, tagSeeds},
        {"file_name", runFileName, fileNameSeeds},
    };
}

} // namespace Axle::Fuzz
