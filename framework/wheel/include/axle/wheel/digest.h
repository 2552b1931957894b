#pragma once

#include <axle/core/export.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QStringView>

#include <memory>
#include <optional>

namespace Axle {

/// The hash functions that a RECORD may name (PEP 427: nothing weaker than SHA-256).
enum class HashAlgorithm { Sha256, Sha384, Sha512 };

/// `sha256`, `sha384` or `sha512`; nothing for any other name.
AXLE_EXPORT std::optional<HashAlgorithm> hashAlgorithm(QStringView name);
AXLE_EXPORT qsizetype digestSize(HashAlgorithm algorithm);

/// A hash of bytes that arrive in pieces. Move-only; not thread-safe.
class AXLE_EXPORT Digest
{
public:
    explicit Digest(HashAlgorithm algorithm);
    Digest(Digest &&) noexcept;
    Digest &operator=(Digest &&) noexcept;
    ~Digest();

    void add(QByteArrayView bytes);
    /// The raw hash of everything added so far; ends the digest, which takes nothing more.
    QByteArray result();

    static QByteArray of(HashAlgorithm algorithm, QByteArrayView bytes);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

class AXLE_EXPORT Sha256 : public Digest
{
public:
    Sha256()
        : Digest(HashAlgorithm::Sha256)
    {
    }
};

} // namespace Axle
