#include "theme.h"

#include <QtGui/QFontDatabase>
#include <QtGui/QPainter>
#include <QtGui/QPalette>
#include <QtWidgets/QApplication>
#include <QtWidgets/QProxyStyle>
#include <QtWidgets/QStyleOption>

namespace Darkroom {

namespace {

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.window);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.surface);
    palette.setColor(QPalette::AlternateBase, theme.window);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.muted);
    palette.setColor(QPalette::Button, theme.raised);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.bad);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onAccent);
    palette.setColor(QPalette::ToolTipBase, theme.raised);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, theme.line);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.muted);
    return palette;
}

/// Fusion with check boxes that can be told apart from the background in both appearances.
class FlatStyle : public QProxyStyle
{
public:
    FlatStyle()
        : QProxyStyle(QStringLiteral("Fusion"))
    {
    }

    void drawPrimitive(
        PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override
    {
        if (element != PE_IndicatorCheckBox)
            return QProxyStyle::drawPrimitive(element, option, painter, widget);
        const Theme theme = Theme::of(option->palette);
        const bool isChecked = option->state & State_On;
        const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(isChecked || option->state & State_HasFocus ? theme.accent : theme.muted);
        painter->setBrush(isChecked ? theme.accent : theme.window);
        painter->drawRoundedRect(box, 3, 3);
        if (isChecked) {
            painter->setPen(QPen(theme.onAccent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            const auto at = [&](qreal x, qreal y) {
                return box.topLeft() + QPointF(x * box.width(), y * box.height());
            };
            painter->drawPolyline(QPolygonF{at(0.22, 0.54), at(0.42, 0.74), at(0.78, 0.3)});
        }
        painter->restore();
    }
};

/// Fusion's gradients and bevels made flat; everything else stays Fusion.
QString styleSheetOf(const Theme &theme)
{
    QString sheet = QStringLiteral(R"(
        QMainWindow::separator { background: @line; width: 1px; height: 1px; }
        QSplitter::handle { background: @line; }
        QMenuBar { background: @window; padding: 2px 6px; }
        QMenuBar::item { padding: 4px 8px; border-radius: 4px; }
        QMenuBar::item:selected { background: @raised; }
        QStatusBar { background: @window; border-top: 1px solid @line; }
        QStatusBar::item { border: none; }
        QStatusBar QLabel { color: @muted; padding: 2px 6px; }
        QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
        QAbstractScrollArea { background: @surface; border: none; }
        QPushButton { background: @raised; border: 1px solid @line; border-radius: 5px; padding: 5px 14px; }
        QPushButton:hover { border-color: @muted; }
        QPushButton:focus { border-color: @accent; }
        QPushButton:pressed { background: @line; }
        QPushButton:disabled { color: @muted; }
        QPushButton:default { background: @accent; color: @onAccent; border-color: @accent; }
        QPushButton[flat="true"] { background: transparent; border-color: transparent; padding: 3px 4px; color: @muted; }
        QPushButton[flat="true"]:hover { color: @text; }
        QPushButton[flat="true"]:focus { border-color: @accent; }
        QSlider::groove:horizontal { height: 3px; background: @line; border-radius: 1px; }
        QSlider::sub-page:horizontal { background: @accent; border-radius: 1px; }
        QSlider::handle:horizontal { width: 12px; margin: -5px 0; border-radius: 6px; background: @text; }
        QSlider::handle:horizontal:focus { background: @accent; }
        QHeaderView { background: @surface; }
        QHeaderView::section { background: @surface; color: @muted; border: none; padding: 3px 8px; }
        QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
        QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
        QScrollBar::handle { background: @line; border-radius: 3px; min-height: 24px; min-width: 24px; }
        QScrollBar::handle:hover { background: @muted; }
        QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
        QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
        QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px; }
    )");
    const std::pair<QString, QColor> names[] = {{QStringLiteral("@window"), theme.window},
        {QStringLiteral("@surface"), theme.surface}, {QStringLiteral("@raised"), theme.raised},
        {QStringLiteral("@line"), theme.line}, {QStringLiteral("@text"), theme.text},
        {QStringLiteral("@muted"), theme.muted}, {QStringLiteral("@accent"), theme.accent},
        {QStringLiteral("@onAccent"), theme.onAccent}};
    for (const auto &[name, color] : names)
        sheet.replace(name, color.name());
    return sheet;
}

} // namespace

Theme Theme::of(Appearance appearance)
{
    if (appearance == Appearance::Dark) {
        return {QColor(0x151618), QColor(0x1d1e21), QColor(0x232528), QColor(0x2f3237), QColor(0x3a3d43),
            QColor(0xe8e8ea), QColor(0x9b9ea6), QColor(0xe9a552), QColor(0x1d1e21), QColor(0x74c292), QColor(0xe5b567),
            QColor(0xf0807a)};
    }
    return {QColor(0xe3e3e0), QColor(0xf5f5f3), QColor(0xfdfdfc), QColor(0xececea), QColor(0xd9d9d5), QColor(0x202226),
        QColor(0x63666e), QColor(0xab5c12), QColor(0xffffff), QColor(0x23774a), QColor(0x8a5a00), QColor(0xbb3129)};
}

Theme Theme::of(const QPalette &palette)
{
    return of(palette.color(QPalette::Window).lightness() < 128 ? Appearance::Dark : Appearance::Light);
}

void apply(Appearance appearance)
{
    const Theme theme = Theme::of(appearance);
    QApplication::setStyle(new FlatStyle);
    QApplication::setPalette(paletteOf(theme));
    qApp->setStyleSheet(styleSheetOf(theme));
}

QFont sized(qreal points, QFont::Weight weight)
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() + points);
    font.setWeight(weight);
    return font;
}

QFont headingFont()
{
    QFont font = sized(-1, QFont::DemiBold);
    font.setCapitalization(QFont::AllUppercase);
    font.setLetterSpacing(QFont::PercentageSpacing, 108);
    return font;
}

QFont fixedFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF() - 0.5);
    return font;
}

} // namespace Darkroom
