#pragma once

#include "filterpipeline.h"

namespace Darkroom {

/// A value that a filter takes, as its contribution describes it in `params`.
struct FilterParameter
{
    QString name;
    QString title;
    QString unit;
    int minimum = 0;
    int maximum = 100;
    int value = 0;
};

/// One filter that plugins offer, or offered.
struct FilterStep
{
    QString key;
    QString pluginId;
    QString title;
    QList<FilterParameter> parameters;
    Axle::Contribution filter;
    bool isApplied = false;
    qint64 milliseconds = -1; ///< of its last run; -1 before the first
    Axle::Error error;        ///< of its last run
};

/// The filters of the extension point "filters", in order of arrival, and which of them are applied to the picture.
///
/// An applied filter whose plugin goes keeps its place and its values, and is applied again when the plugin is back.
class FilterStack : public QObject
{
    Q_OBJECT
public:
    explicit FilterStack(const Axle::ExtensionPoint &point, QObject *parent = nullptr);

    const QList<FilterStep> &steps() const { return m_steps; }
    const FilterPipeline &pipeline() const { return m_pipeline; }
    int indexOf(const QString &key) const; ///< -1: unknown

    void setPicture(const QImage &picture) { m_pipeline.setSource(picture); }
    void setApplied(int index, bool isApplied);
    void setValue(int index, const QString &parameter, int value);

Q_SIGNALS:
    void stepAdded(int index);
    void stepRemoved(int index);
    void stepChanged(int index);
    /// The pipeline's result is another picture.
    void pictureChanged();

private:
    void add(const Axle::Contribution &contribution);
    void take(const Axle::ContributionInfo &info);
    void apply();

    QList<FilterStep> m_steps;
    FilterPipeline m_pipeline;
};

} // namespace Darkroom
