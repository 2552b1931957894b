#pragma once

#include <axle/core/export.h>

#include <QtCore/QString>

namespace Axle {

/// A range within a text that came from outside, to point at what is wrong in it.
///
/// `text` is the line (or the whole short text), `begin` and `end` are UTF-16 offsets into it with
/// 0 <= begin <= end <= text.size(). `line` counts from 1; 0 means that the text has no lines.
struct AXLE_EXPORT SourceSpan
{
    QString source; ///< what the text is, for example "METADATA" or "requirement"
    QString text;
    qsizetype begin = 0;
    qsizetype end = 0;
    int line = 0;

    bool isEmpty() const { return source.isEmpty() && text.isEmpty(); }

    /// The text and, below it, a marker of the range: `    numpy >> 2` and `          ^~`.
    QString caret() const;

    friend bool operator==(const SourceSpan &, const SourceSpan &) = default;
};

} // namespace Axle
