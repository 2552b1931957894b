#include "filterpipeline.h"

#include <QtCore/QElapsedTimer>

namespace Darkroom {

namespace {

constexpr QImage::Format pixelFormat = QImage::Format_RGBA8888;
constexpr Axle::ErrorCode resultUnusable{"filter-result-unusable"};

/// The arguments of the filter contract: pixels, width, height, stride, params (README.md).
QVariantList argumentsOf(const QImage &input, const QVariantMap &values)
{
    const QByteArray pixels(reinterpret_cast<const char *>(input.constBits()), input.sizeInBytes());
    return {pixels, input.width(), input.height(), static_cast<int>(input.bytesPerLine()), values};
}

Axle::Result<QImage> imageOf(const QVariant &answer, const QImage &input)
{
    const QByteArray pixels = answer.toByteArray();
    if (pixels.size() != input.sizeInBytes()) {
        return Axle::Error(resultUnusable,
            QStringLiteral("the filter returned %1 bytes, expected %2").arg(pixels.size()).arg(input.sizeInBytes()),
            QStringLiteral("return the rows of the whole picture, height * stride bytes"));
    }
    const auto *bits = reinterpret_cast<const uchar *>(pixels.constData());
    return QImage(bits, input.width(), input.height(), input.bytesPerLine(), pixelFormat).copy();
}

} // namespace

void FilterPipeline::setSource(const QImage &source)
{
    m_source = source.convertToFormat(pixelFormat);
    invalidate(0);
    begin();
}

void FilterPipeline::setCalls(const QList<FilterCall> &calls)
{
    m_wanted = calls;
    begin();
}

void FilterPipeline::forget(const QString &key)
{
    for (qsizetype i = 0; i < m_done.size(); ++i) {
        if (m_done.at(i).call.key == key)
            return invalidate(i);
    }
}

void FilterPipeline::invalidate(qsizetype keep)
{
    m_done.resize(keep);
    ++m_generation;
}

void FilterPipeline::begin()
{
    if (m_isRunning) {
        m_isStale = true;
        return;
    }
    m_isStale = false;
    m_isRunning = true;
    m_run = m_wanted;
    qsizetype same = 0;
    while (same < qMin(m_run.size(), m_done.size()) && m_run.at(same).isSameWork(m_done.at(same).call))
        ++same;
    m_done.resize(same);
    proceed();
}

void FilterPipeline::proceed()
{
    const QImage input = m_done.isEmpty() ? m_source : m_done.last().output;
    if (m_done.size() == m_run.size()) {
        m_isRunning = false;
        m_result = input;
        if (m_isStale)
            begin();
        Q_EMIT finished();
        return;
    }
    const FilterCall call = m_run.at(m_done.size());
    QElapsedTimer clock;
    clock.start();
    call.filter.call(argumentsOf(input, call.values))
        .then(this, [this, call, input, clock, generation = m_generation](const Axle::Result<QVariant> &answer) {
            if (generation == m_generation) {
                settle(call, input, answer, clock.elapsed());
            } else {
                m_isRunning = false;
                begin();
            }
        });
}

void FilterPipeline::settle(
    const FilterCall &call, const QImage &input, const Axle::Result<QVariant> &answer, qint64 milliseconds)
{
    const Axle::Result<QImage> output = answer ? imageOf(*answer, input) : Axle::Result<QImage>(answer.error());
    // A filter that fails leaves the picture as it was; the others go on.
    m_done += {call, output.value_or(input)};
    Q_EMIT callFinished(call.key, milliseconds, output ? Axle::Error() : output.error());
    proceed();
}

} // namespace Darkroom
