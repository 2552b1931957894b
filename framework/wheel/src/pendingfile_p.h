#pragma once

#include <axle/core/result.h>

#include <QtCore/QFile>
#include <QtCore/QString>

namespace Axle::Internal {

/// A file that does not bear its name yet: written beside its target under a hidden name, removed again unless it is
/// committed. After `commit` neither a crash nor a power cut leaves half of it.
class PendingFile
{
public:
    explicit PendingFile(const QString &target);
    ~PendingFile();
    Q_DISABLE_COPY_MOVE(PendingFile)

    /// Error: `wheel-not-written`.
    Result<void> open();
    QFile &device() { return m_file; }
    QString path() const { return m_path; }
    /// Makes the contents durable, then gives the file its name, then makes the name durable. Error:
    /// `wheel-not-written`; where only the last step failed, the whole file has its name already.
    Result<void> commit();

private:
    QString m_target;
    QString m_path; ///< empty: there is nothing to remove
    QFile m_file;
};

} // namespace Axle::Internal
