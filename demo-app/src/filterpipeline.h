#pragma once

#include <axle/manager/contribution.h>

#include <QtCore/QObject>
#include <QtGui/QImage>

namespace Darkroom {

/// One filter with its values, to be applied to what the one before it made.
struct FilterCall
{
    QString key; ///< names the filter over unloading and loading again
    Axle::Contribution filter;
    QVariantMap values;

    bool isSameWork(const FilterCall &other) const { return key == other.key && values == other.values; }
};

/// Applies filters to a picture, one after the other, without blocking anybody.
///
/// Steps whose work has not changed are not done again. What changes during a run takes effect when the run has ended,
/// so that a slider that is being dragged shows a picture every now and then instead of none.
class FilterPipeline : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void setSource(const QImage &source);
    void setCalls(const QList<FilterCall> &calls);
    /// Forgets results of that filter: its code may be another one from now on.
    void forget(const QString &key);

    QImage source() const { return m_source; }
    QImage result() const { return m_result; }
    bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void callFinished(const QString &key, qint64 milliseconds, const Axle::Error &error);
    void finished();

private:
    struct Done
    {
        FilterCall call;
        QImage output;
    };

    void begin();
    void proceed();
    void settle(const FilterCall &call, const QImage &input, const Axle::Result<QVariant> &answer, qint64 milliseconds);
    void invalidate(qsizetype keep);

    QImage m_source;
    QImage m_result;
    QList<FilterCall> m_wanted;
    QList<FilterCall> m_run;
    QList<Done> m_done; ///< the first calls of m_run
    bool m_isRunning = false;
    bool m_isStale = false; ///< something changed since the run began
    int m_generation = 0;   ///< answers to calls of an older one are worthless
};

} // namespace Darkroom
