#include "codepage437_p.h"

#include <algorithm>
#include <string_view>

namespace Axle::Internal {

namespace {

constexpr std::u16string_view UpperHalf = u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
                                          u"áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
                                          u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
                                          u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";
static_assert(UpperHalf.size() == 128);

} // namespace

QString fromCodePage437(QByteArrayView bytes)
{
    QString text(bytes.size(), Qt::Uninitialized);
    std::transform(bytes.begin(), bytes.end(), text.begin(), [](char byte) {
        const auto code = static_cast<unsigned char>(byte);
        return QChar(code < UpperHalf.size() ? char16_t(code) : UpperHalf[code - UpperHalf.size()]);
    });
    return text;
}

} // namespace Axle::Internal
