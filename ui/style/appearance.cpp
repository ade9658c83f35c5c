// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/appearance.h"

#include "ui/style/look.h"

#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QSettings>
#include <QStyleOption>

namespace daymark::ui {

namespace {

const QString kKey = QStringLiteral("window/appearance");

QPalette& platformPalette()
{
    static QPalette palette;
    return palette;
}

struct Tones
{
    QRgb window, base, alternate, button, text, faint, line, shadow, highlight, link;
};

constexpr Tones kLight{0xfff3f4f6, 0xffffffff, 0xfff7f8fa, 0xfffafbfc, 0xff1a1e23,
                       0xff62686f, 0xffc9ced4, 0xff9aa1a9, 0xff1d5b9f, 0xff0b57a4};
constexpr Tones kDark{0xff1f2328, 0xff16191d, 0xff1b1f23, 0xff2c3238, 0xffe7eaee,
                      0xff9ba3ac, 0xff444b53, 0xff0e1013, 0xff2b69ad, 0xff8cc0f5};
constexpr Tones kStark{0xff000000, 0xff000000, 0xff101010, 0xff000000, 0xffffffff,
                       0xffd0d0d0, 0xffffffff, 0xffffffff, 0xffffff00, 0xff80d0ff};

QPalette paletteOf(const Tones& tones)
{
    QPalette palette(QColor(tones.button), QColor(tones.window));
    palette.setColor(QPalette::Window, QColor(tones.window));
    palette.setColor(QPalette::Base, QColor(tones.base));
    palette.setColor(QPalette::AlternateBase, QColor(tones.alternate));
    palette.setColor(QPalette::Button, QColor(tones.button));
    palette.setColor(QPalette::Mid, QColor(tones.line));
    palette.setColor(QPalette::Dark, QColor(tones.shadow));
    palette.setColor(QPalette::Highlight, QColor(tones.highlight));
    palette.setColor(QPalette::Link, QColor(tones.link));
    palette.setColor(QPalette::PlaceholderText, QColor(tones.faint));
    palette.setColor(QPalette::ToolTipBase, QColor(tones.base));
    palette.setColor(QPalette::ToolTipText, QColor(tones.text));
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(role, QColor(tones.text));
        palette.setColor(QPalette::Disabled, role, QColor(tones.faint));
    }
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(tones.line));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, QColor(tones.text));
    return palette;
}

/// Fusion draws frames darker than the window, where nobody sees them on a dark one.
class FramedStyle : public QProxyStyle
{
public:
    using QProxyStyle::QProxyStyle;

    /// Buttons carry words alone, also those that Qt names.
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* result) const override
    {
        return hint == SH_DialogButtonBox_ButtonsHaveIcons
                   ? 0
                   : QProxyStyle::styleHint(hint, option, widget, result);
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool isField = element == PE_FrameLineEdit || element == PE_Frame;
        if (isField && isDark(option->palette) && !option->state.testFlag(State_HasFocus)) {
            painter->setPen(option->palette.color(QPalette::Mid));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        }
        if (element != PE_IndicatorCheckBox && element != PE_IndicatorRadioButton)
            return;
        painter->save();
        painter->setPen(option->palette.color(QPalette::PlaceholderText));
        painter->setBrush(Qt::NoBrush);
        const QRectF frame = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        if (element == PE_IndicatorCheckBox) {
            painter->drawRect(frame);
        } else {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->drawEllipse(frame);
        }
        painter->restore();
    }
};

} // namespace

QPalette lightPalette() { return paletteOf(kLight); }

QPalette darkPalette() { return paletteOf(kDark); }

QPalette highContrastPalette()
{
    QPalette palette = paletteOf(kStark);
    palette.setColor(QPalette::HighlightedText, Qt::black);
    return palette;
}

void setUpAppearance(QApplication& application)
{
    platformPalette() = application.palette();
    application.setStyle(new FramedStyle(QStringLiteral("Fusion")));
    applyAppearance(savedAppearance());
}

void applyAppearance(Appearance appearance)
{
    const bool follows = appearance == Appearance::System;
    if (follows && isHighContrast(platformPalette()))
        QApplication::setPalette(platformPalette());
    else if (appearance == Appearance::HighContrast)
        QApplication::setPalette(highContrastPalette());
    else if (appearance == Appearance::Dark || (follows && isDark(platformPalette())))
        QApplication::setPalette(darkPalette());
    else
        QApplication::setPalette(lightPalette());
}

Appearance savedAppearance()
{
    const int saved = QSettings().value(kKey, int(Appearance::System)).toInt();
    for (const Appearance one : {Appearance::Light, Appearance::Dark, Appearance::HighContrast}) {
        if (saved == int(one))
            return one;
    }
    return Appearance::System;
}

void saveAppearance(Appearance appearance) { QSettings().setValue(kKey, int(appearance)); }

} // namespace daymark::ui
