#pragma once

#include <QtGui/QColor>
#include <QtGui/QFont>

class QPalette;

namespace Darkroom {

enum class Appearance { Dark, Light };

/// The colours of the window beyond what QPalette names. Everything that paints asks for them anew, so that a change
/// of the palette is enough to change all.
struct Theme
{
    QColor canvas;  ///< around the picture
    QColor window;  ///< behind everything
    QColor surface; ///< lists and panels
    QColor raised;  ///< what lies on a surface: a selected row, a button, a card
    QColor line;
    QColor text;
    QColor muted;
    QColor accent;
    QColor onAccent;
    QColor good;
    QColor warning;
    QColor bad;

    static Theme of(const QPalette &palette);
    static Theme of(Appearance appearance);
};

/// Gives the application style, palette and style sheet.
void apply(Appearance appearance);

/// The application's font, `points` larger (or smaller).
QFont sized(qreal points, QFont::Weight weight = QFont::Normal);
/// For headings of groups: small capitals' quiet cousin.
QFont headingFont();
QFont fixedFont();

} // namespace Darkroom
