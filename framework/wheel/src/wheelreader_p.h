#pragma once

#include "findings_p.h"

#include <axle/wheel/wheel.h>

namespace Axle::Internal {

/// Reads the dist-info folder of a wheel, step by step, and holds what it says against the file name and the archive.
class WheelReader
{
public:
    WheelReader(std::shared_ptr<const WheelArchive> archive, const WheelFileName &fileName, Findings &findings);

    enum class Depth {
        /// What lists and chooses a wheel: RECORD has to be there but is not read, METADATA is read for choice. What is
        /// left out takes longest.
        Summary,
        Whole,
    };
    /// The steps, until the findings are enough.
    void read(Depth depth = Depth::Whole);
    /// All that could be read; whole when there is no fault.
    const Wheel &wheel() const { return m_wheel; }
    bool hasRecord() const { return m_hasRecord; }

private:
    struct Source;

    void findDistInfo();
    void readInfo();
    void findRecord();
    void readRecord();
    void readMetadata();
    void checkNames();
    void readEntryPoints();
    void readExtensions();
    QString path(const char *file) const;
    Result<QByteArray> textOf(const Source &source) const;
    template<class T>
    std::optional<T> parse(const Source &source, Result<T> (*parsed)(const QByteArray &text) = &T::parse);
    bool isThere(const char *file) const;

    Wheel m_wheel;
    Findings &m_findings;
    Depth m_depth = Depth::Whole;
    bool m_hasInfo = false;
    bool m_hasMetadata = false;
    bool m_hasRecord = false;
};

} // namespace Axle::Internal
