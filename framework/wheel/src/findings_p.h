#pragma once

#include <axle/core/result.h>
#include <axle/wheel/finding.h>

#include <optional>

namespace Axle::Internal {

/// What a reader finds, in the order it is found; and whether it should look for more.
class Findings
{
public:
    enum class Wanted {
        FirstFault, ///< a caller that gives up at the first fatal finding, and hears of nothing else
        All,
    };

    explicit Findings(Wanted wanted)
        : m_wanted(wanted)
    {
    }

    Wanted wanted() const { return m_wanted; }
    void add(Finding::Severity severity, const Error &error);
    void add(const Result<void> &checked);
    void add(const QList<Finding> &findings) { m_list += findings; }
    /// The value, or nothing when the error was added instead.
    template<class T>
    std::optional<T> take(Result<T> result)
    {
        if (result)
            return std::move(*result);
        add(Finding::Severity::Fatal, result.error());
        return std::nullopt;
    }

    /// No more is wanted: there is a fault, or so many findings that nobody reads more.
    bool isEnough() const;
    std::optional<Error> fault() const;
    const QList<Finding> &list() const { return m_list; }

private:
    Wanted m_wanted;
    QList<Finding> m_list;
};

} // namespace Axle::Internal
