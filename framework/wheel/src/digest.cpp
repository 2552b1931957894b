#include <axle/wheel/digest.h>

#include <openssl/evp.h>

namespace Axle {

struct Digest::Context
{
    struct Free
    {
        void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> evp{EVP_MD_CTX_new()};
};

namespace {

const EVP_MD *functionOf(HashAlgorithm algorithm)
{
    switch (algorithm) {
    case HashAlgorithm::Sha256:
        return EVP_sha256();
    case HashAlgorithm::Sha384:
        return EVP_sha384();
    case HashAlgorithm::Sha512:
        return EVP_sha512();
    }
    Q_UNREACHABLE();
}

// EVP fails for want of memory or of the algorithm's provider only: no digest means no verification, so no going on.
void require(int succeeded)
{
    if (succeeded != 1)
        qFatal("OpenSSL cannot compute a SHA-2 digest");
}

} // namespace

std::optional<HashAlgorithm> hashAlgorithm(QStringView name)
{
    if (name == u"sha256")
        return HashAlgorithm::Sha256;
    if (name == u"sha384")
        return HashAlgorithm::Sha384;
    if (name == u"sha512")
        return HashAlgorithm::Sha512;
    return std::nullopt;
}

qsizetype digestSize(HashAlgorithm algorithm)
{
    return EVP_MD_get_size(functionOf(algorithm));
}

Digest::Digest(HashAlgorithm algorithm)
    : m_context(std::make_unique<Context>())
{
    require(EVP_DigestInit_ex(m_context->evp.get(), functionOf(algorithm), nullptr));
}

Digest::Digest(Digest &&) noexcept = default;
Digest &Digest::operator=(Digest &&) noexcept = default;
Digest::~Digest() = default;

void Digest::add(QByteArrayView bytes)
{
    require(EVP_DigestUpdate(m_context->evp.get(), bytes.data(), static_cast<size_t>(bytes.size())));
}

QByteArray Digest::result()
{
    QByteArray hash(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int size = 0;
    require(EVP_DigestFinal_ex(m_context->evp.get(), reinterpret_cast<unsigned char *>(hash.data()), &size));
    hash.truncate(static_cast<qsizetype>(size));
    return hash;
}

QByteArray Digest::of(HashAlgorithm algorithm, QByteArrayView bytes)
{
    Digest digest(algorithm);
    digest.add(bytes);
    return digest.result();
}

} // namespace Axle
