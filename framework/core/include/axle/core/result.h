#pragma once

#include <axle/core/error.h>

#include <type_traits>
#include <utility>
#include <variant>

namespace Axle {

/// Either a value or the Error that explains why there is none. Member names as in `std::expected`.
///
/// Both convert implicitly, so a function returns its value or `Error(...)` as it is. Reading the side that is not
/// there is a programmer's mistake and asserted.
template<class T>
class [[nodiscard]] Result
{
public:
    using value_type = T;

    template<class U = T>
    requires(
        std::is_constructible_v<T,
            U &&> && !std::is_same_v<std::remove_cvref_t<U>, Result> && !std::is_same_v<std::remove_cvref_t<U>, Error>)
        Result(U &&value)
        : m_state(std::in_place_index<0>, std::forward<U>(value))
    {
    }
    Result(const Error &error)
        : m_state(std::in_place_index<1>, error)
    {
        Q_ASSERT(!error.isNull());
    }
    Result(Error &&error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
        Q_ASSERT(!std::get<1>(m_state).isNull());
    }

    bool has_value() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T &value() & { return checked(); }
    const T &value() const & { return checked(); }
    T &&value() && { return std::move(checked()); }
    T &operator*() & { return checked(); }
    const T &operator*() const & { return checked(); }
    T &&operator*() && { return std::move(checked()); }
    T *operator->() { return &checked(); }
    const T *operator->() const { return &checked(); }

    const Error &error() const &
    {
        Q_ASSERT(!has_value());
        return *std::get_if<1>(&m_state);
    }
    Error &&error() &&
    {
        Q_ASSERT(!has_value());
        return std::move(*std::get_if<1>(&m_state));
    }

    template<class U>
    T value_or(U &&fallback) const &
    {
        return has_value() ? checked() : static_cast<T>(std::forward<U>(fallback));
    }

    /// `f(value)`, itself a Result, or the error as it is.
    template<class F>
    auto and_then(F &&f) && -> std::invoke_result_t<F, T &&>
    {
        if (has_value())
            return std::forward<F>(f)(std::move(checked()));
        return std::move(*this).error();
    }
    /// `f(value)` wrapped in a Result, or the error as it is.
    template<class F>
    auto transform(F &&f) && -> Result<std::invoke_result_t<F, T &&>>
    {
        if (has_value())
            return std::forward<F>(f)(std::move(checked()));
        return std::move(*this).error();
    }

private:
    T &checked()
    {
        Q_ASSERT(has_value());
        return *std::get_if<0>(&m_state);
    }
    const T &checked() const
    {
        Q_ASSERT(has_value());
        return *std::get_if<0>(&m_state);
    }

    std::variant<T, Error> m_state;
};

/// Success without a value, or an Error. `return {};` says success.
template<>
class [[nodiscard]] Result<void>
{
public:
    using value_type = void;

    Result() = default;
    Result(const Error &error)
        : m_error(error)
    {
        Q_ASSERT(!error.isNull());
    }
    Result(Error &&error)
        : m_error(std::move(error))
    {
        Q_ASSERT(!m_error.isNull());
    }

    bool has_value() const noexcept { return m_error.isNull(); }
    explicit operator bool() const noexcept { return has_value(); }
    const Error &error() const
    {
        Q_ASSERT(!has_value());
        return m_error;
    }

private:
    Error m_error;
};

} // namespace Axle
