#include "backend_p.h"

#include <support/testhost.h>

#include <axle/manager/codes.h>
#include <axle/python/codes.h>

#include <QtTest/QSignalSpy>

using namespace Axle;
using namespace Axle::Internal;
using namespace Axle::Test;

class TestContribution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void nullHandle();
    void arrivesBeforeItsPluginIsLoaded();
    void isCalledOnThePythonThread();
    void failingCall();
    void becomesNullWhenItsPluginGoes();
    void callsThatWereMadeInTimeEnd();
    void isRolledBackWhenActivateFails();
    void refusals_data();
    void refusals();
    void refusedOnceThePluginIsLeaving();
    void extensionPointsAreFoundByName();

private:
    Interpreter m_interpreter;
};

namespace {

Result<QVariant> answer(
    const Contribution &contribution, const QVariantList &arguments = {}, const QVariantMap &keywords = {})
{
    QFuture<Result<QVariant>> future = contribution.call(arguments, keywords);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10000))
        return Error(ErrorCode("too-late"), QStringLiteral("no answer"));
    return future.result();
}

} // namespace

void TestContribution::nullHandle()
{
    const Contribution contribution;
    QVERIFY(contribution.isNull());
    QVERIFY(contribution.id().isEmpty());
    const Result<QVariant> result = answer(contribution);
    QVERIFY(!result);
    QCOMPARE(result.error().code(), Codes::ContributionGone);
    QCOMPARE(result.error().code().name(), QLatin1StringView("contribution-gone"));
}

void TestContribution::arrivesBeforeItsPluginIsLoaded()
{
    TestHost host(m_interpreter);
    ExtensionPoint *const filters = host.manager().extensionPoint("filters");
    QStringList order;
    connect(filters, &ExtensionPoint::added, this, [&](const Contribution &contribution) {
        order += contribution.id();
        QVERIFY(!contribution.isNull());
        QCOMPARE(filters->find(contribution.id()).id(), contribution.id());
    });
    connect(&host.manager(), &PluginManager::pluginLoaded, this, [&](const QString &id, const LoadReport &report) {
        order += id;
        QCOMPARE(report.contributions, 2);
    });
    pluginWheel("palette",
        "context.contribute('filters', 'sepia', lambda: 1, title='Sepia', weight=2)\n"
        "        context.contribute('filters', 'cyan', lambda: 2)")
        .write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(order, (QStringList{"sepia", "cyan", "palette"}));
    QCOMPARE(filters->contributions().size(), 2);
    const Contribution sepia = filters->find("sepia");
    QCOMPARE(sepia.pluginId(), "palette");
    QCOMPARE(sepia.info().point, "filters");
    QCOMPARE(sepia.property("title"), QVariant("Sepia"));
    QCOMPARE(sepia.property("weight"), QVariant(2));
    QVERIFY(filters->find("magenta").isNull());
}

void TestContribution::isCalledOnThePythonThread()
{
    TestHost host(m_interpreter);
    pluginWheel("adder", "context.contribute('sums', 'add', lambda a, b, *, scale=1: (a + b) * scale)")
        .write(host.folder());
    QVERIFY(host.start());
    const Contribution add = host.manager().extensionPoint("sums")->find("add");
    QCOMPARE(answer(add, {1, 2}, {{"scale", 10}}).value(), QVariant(30));
    QCOMPARE(answer(add, {QStringLiteral("a"), QStringLiteral("b")}).value(), QVariant("ab"));
}

void TestContribution::failingCall()
{
    TestHost host(m_interpreter);
    pluginWheel("divider", "context.contribute('sums', 'divide', lambda a, b: a / b)").write(host.folder());
    QVERIFY(host.start());
    const Result<QVariant> result = answer(host.manager().extensionPoint("sums")->find("divide"), {1, 0});
    QVERIFY(!result);
    QCOMPARE(result.error().code(), Codes::PluginCallFailed);
    QVERIFY(result.error().details().contains(u"ZeroDivisionError"));
    QCOMPARE(host.manager().state("divider"), PluginState::Active);
}

void TestContribution::becomesNullWhenItsPluginGoes()
{
    TestHost host(m_interpreter);
    ExtensionPoint *const filters = host.manager().extensionPoint("filters");
    pluginWheel("palette",
        "context.contribute('filters', 'sepia', lambda: 1); context.contribute('filters', 'cyan', lambda: 2)")
        .write(host.folder());
    QVERIFY(host.start());
    const Contribution sepia = filters->find("sepia");
    QStringList removed;
    connect(filters, &ExtensionPoint::removed, this, [&](const ContributionInfo &info) {
        removed += info.id;
        QVERIFY(sepia.isNull());
        QVERIFY(filters->contributions().isEmpty());
        QCOMPARE(host.log().count("pluginUnloaded"), 0);
    });
    // Still there in the one, gone in the other.
    connect(&host.manager(), &PluginManager::pluginAboutToUnload, this, [&] { QVERIFY(!sepia.isNull()); });
    connect(&host.manager(), &PluginManager::pluginUnloaded, this, [&] { QVERIFY(sepia.isNull()); });
    QVERIFY(host.setEnabled("palette", false));

    QCOMPARE(removed, (QStringList{"cyan", "sepia"}));
    QCOMPARE(sepia.id(), "sepia");
    const Result<QVariant> result = answer(sepia);
    QVERIFY(!result);
    QCOMPARE(result.error().code(), Codes::ContributionGone);
    QCOMPARE(result.error().message(), "contribution 'sepia' to 'filters' has gone with its plugin 'palette'");
}

void TestContribution::callsThatWereMadeInTimeEnd()
{
    TestHost host(m_interpreter);
    pluginWheel("slow", "import time; context.contribute('sums', 'slow', lambda: time.sleep(0.2) or 'done')")
        .write(host.folder());
    QVERIFY(host.start());
    const Contribution slow = host.manager().extensionPoint("sums")->find("slow");
    QFuture<Result<QVariant>> early = slow.call({});
    QFuture<Result<QVariant>> late;
    connect(&host.manager(), &PluginManager::pluginAboutToUnload, this, [&] { late = slow.call({}); });
    QVERIFY(host.setEnabled("slow", false));
    QVERIFY(early.isFinished());
    QCOMPARE(early.result().value(), QVariant("done"));
    QVERIFY(late.isFinished());
    QCOMPARE(late.result().value(), QVariant("done"));
}

void TestContribution::isRolledBackWhenActivateFails()
{
    TestHost host(m_interpreter);
    ExtensionPoint *const filters = host.manager().extensionPoint("filters");
    const QSignalSpy added(filters, &ExtensionPoint::added);
    pluginWheel("broken", "context.contribute('filters', 'sepia', lambda: 1); 1 / 0").write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(added.size(), 1);
    QVERIFY(filters->contributions().isEmpty());
    QVERIFY(added.at(0).at(0).value<Contribution>().isNull());
}

void TestContribution::refusals_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<QString>("code");
    QTest::addRow("no point") << QByteArray("context.contribute('', 'sepia', print)") << "contribution-invalid";
    QTest::addRow("no id") << QByteArray("context.contribute('filters', '', print)") << "contribution-invalid";
    QTest::addRow("twice the same") << QByteArray("context.contribute('filters', 'sepia', print);"
                                                  " context.contribute('filters', 'sepia', print)")
                                    << "contribution-duplicate";
}

void TestContribution::refusals()
{
    QFETCH(QByteArray, call);
    QFETCH(QString, code);
    TestHost host(m_interpreter);
    pluginWheel("palette",
        "import axle\n"
        "        try: "
            + call
            + "\n"
              "        except axle.ContributionError as error: context.log.info(error.code)")
        .write(host.folder());
    const QSignalSpy logged(&host.manager(), &PluginManager::pluginLogged);
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("palette"), PluginState::Active);
    QCOMPARE(logged.size(), 1);
    QCOMPARE(logged.at(0).at(0).toString(), "palette");
    QCOMPARE(logged.at(0).at(1).toInt(), 20);
    QCOMPARE(logged.at(0).at(2).toString(), code);
}

namespace {

class CountingSink : public BackendSink
{
public:
    void contributed(const ContributionInfo &, std::shared_ptr<PythonObject>) override { ++count; }
    void logged(const QString &, int, const QString &) override { }
    int count = 0;
};

class Nothing : public PythonObject
{
public:
    Result<QVariant> call(const QVariantList &, const QVariantMap &) override { return QVariant(); }
};

} // namespace

/// A thread of the plugin may still contribute while it is being deactivated; what is on its way is dropped then.
void TestContribution::refusedOnceThePluginIsLeaving()
{
    CountingSink sink;
    const auto mailbox = std::make_shared<Mailbox>(this);
    const auto gate = std::make_shared<PythonGate>(m_interpreter);
    const auto backend = std::make_shared<Backend>("palette", sink, mailbox, gate);
    QVERIFY(backend->contribute("filters", "sepia", {}, std::make_shared<Nothing>()));
    QTRY_COMPARE(sink.count, 1);
    QVERIFY(backend->contribute("filters", "cyan", {}, std::make_shared<Nothing>()));
    backend->close();
    QTest::qWait(20);
    QCOMPARE(sink.count, 1);
    const Result<void> late = backend->contribute("filters", "magenta", {}, std::make_shared<Nothing>());
    QVERIFY(!late);
    QCOMPARE(late.error().code().name(), QLatin1StringView("contribution-gone"));
}

void TestContribution::extensionPointsAreFoundByName()
{
    TestHost host(m_interpreter);
    ExtensionPoint *const filters = host.manager().extensionPoint("filters");
    QCOMPARE(filters->name(), "filters");
    QCOMPARE(host.manager().extensionPoint("filters"), filters);
    QVERIFY(host.manager().extensionPoint("menu") != filters);
    QVERIFY(filters->contributions().isEmpty());
}

QTEST_GUILESS_MAIN(TestContribution)
#include "tst_contribution.moc"
