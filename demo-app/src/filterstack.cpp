#include "filterstack.h"

#include <algorithm>

namespace Darkroom {

namespace {

QString keyOf(const Axle::ContributionInfo &info)
{
    return info.pluginId + u'/' + info.id;
}

/// Plugins describe their parameters as `params={"radius": {"title": …, "minimum": …, "maximum": …, "default": …}}`.
QList<FilterParameter> parametersOf(const Axle::ContributionInfo &info)
{
    QList<FilterParameter> result;
    const QVariantMap parameters = info.properties.value(QStringLiteral("params")).toMap();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const QVariantMap description = it.value().toMap();
        FilterParameter parameter;
        parameter.name = it.key();
        parameter.title = description.value(QStringLiteral("title"), it.key()).toString();
        parameter.unit = description.value(QStringLiteral("unit")).toString();
        parameter.minimum = description.value(QStringLiteral("minimum"), 0).toInt();
        parameter.maximum = qMax(parameter.minimum, description.value(QStringLiteral("maximum"), 100).toInt());
        parameter.value = qBound(parameter.minimum,
            description.value(QStringLiteral("default"), parameter.minimum).toInt(), parameter.maximum);
        result += parameter;
    }
    return result;
}

FilterCall callOf(const FilterStep &step)
{
    FilterCall call{step.key, step.filter, {}};
    for (const FilterParameter &parameter : step.parameters)
        call.values.insert(parameter.name, parameter.value);
    return call;
}

} // namespace

FilterStack::FilterStack(const Axle::ExtensionPoint &point, QObject *parent)
    : QObject(parent)
{
    connect(&point, &Axle::ExtensionPoint::added, this, &FilterStack::add);
    connect(&point, &Axle::ExtensionPoint::removed, this, &FilterStack::take);
    connect(&m_pipeline, &FilterPipeline::finished, this, &FilterStack::pictureChanged);
    connect(&m_pipeline, &FilterPipeline::callFinished, this,
        [this](const QString &key, qint64 milliseconds, const Axle::Error &error) {
            const int index = indexOf(key);
            if (index < 0)
                return;
            m_steps[index].milliseconds = milliseconds;
            m_steps[index].error = error;
            Q_EMIT stepChanged(index);
        });
    const QList<Axle::Contribution> present = point.contributions();
    for (const Axle::Contribution &contribution : present)
        add(contribution);
}

int FilterStack::indexOf(const QString &key) const
{
    const auto found =
        std::find_if(m_steps.cbegin(), m_steps.cend(), [&](const FilterStep &step) { return step.key == key; });
    return found == m_steps.cend() ? -1 : static_cast<int>(found - m_steps.cbegin());
}

void FilterStack::setApplied(int index, bool isApplied)
{
    FilterStep &step = m_steps[index];
    if (step.isApplied == isApplied)
        return;
    step.isApplied = isApplied;
    step.milliseconds = -1;
    step.error = {};
    if (!isApplied && step.filter.isNull()) {
        // Only its being applied kept it here.
        m_steps.removeAt(index);
        Q_EMIT stepRemoved(index);
        return;
    }
    Q_EMIT stepChanged(index);
    apply();
}

void FilterStack::setValue(int index, const QString &parameter, int value)
{
    for (FilterParameter &known : m_steps[index].parameters) {
        if (known.name == parameter)
            known.value = qBound(known.minimum, value, known.maximum);
    }
    apply();
}

void FilterStack::add(const Axle::Contribution &contribution)
{
    const Axle::ContributionInfo info = contribution.info();
    if (const int index = indexOf(keyOf(info)); index >= 0) {
        m_steps[index].filter = contribution;
        Q_EMIT stepChanged(index);
        apply();
        return;
    }
    FilterStep step;
    step.key = keyOf(info);
    step.pluginId = info.pluginId;
    step.title = info.properties.value(QStringLiteral("title"), info.id).toString();
    step.parameters = parametersOf(info);
    step.filter = contribution;
    m_steps += step;
    Q_EMIT stepAdded(static_cast<int>(m_steps.size()) - 1);
}

void FilterStack::take(const Axle::ContributionInfo &info)
{
    const int index = indexOf(keyOf(info));
    if (index < 0)
        return;
    m_pipeline.forget(keyOf(info));
    if (m_steps.at(index).isApplied) {
        m_steps[index].filter = {};
        m_steps[index].milliseconds = -1;
        Q_EMIT stepChanged(index);
        apply();
    } else {
        m_steps.removeAt(index);
        Q_EMIT stepRemoved(index);
    }
}

void FilterStack::apply()
{
    QList<FilterCall> calls;
    for (const FilterStep &step : std::as_const(m_steps)) {
        if (step.isApplied && !step.filter.isNull())
            calls += callOf(step);
    }
    m_pipeline.setCalls(calls);
}

} // namespace Darkroom
