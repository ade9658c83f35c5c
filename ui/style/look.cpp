// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/look.h"

#include <algorithm>
#include <cmath>

namespace daymark::ui {

namespace {

struct Shade
{
    QRgb fill;
    QRgb ink;
    QRgb outline;
};

struct Hue
{
    Shade light;
    Shade dark;

    [[nodiscard]] Look look(bool inDark, Pattern pattern = Pattern::None,
                            Edge edge = Edge::Plain) const
    {
        const Shade& shade = inDark ? dark : light;
        return {QColor(shade.fill), QColor(shade.ink), QColor(shade.outline), pattern, edge};
    }
};

// Hues of states are at least 12 apart by CIEDE2000, whoever looks: see the palette's test.
constexpr Hue kGreen{{0xffe5f4ec, 0xff2a6249, 0xff43ae77}, {0xff1e3a31, 0xff92ceb2, 0xff36a470}};
constexpr Hue kGrey{{0xffececec, 0xff535558, 0xff8b8b8b}, {0xff313336, 0xffc0bfc0, 0xff868486}};
constexpr Hue kSky{{0xffdfedf1, 0xff155c70, 0xff17809c}, {0xff293f48, 0xff7ed8f6, 0xff76d5f5}};
constexpr Hue kVermilion{{0xfff6e2dc, 0xff962b0c, 0xffc03207},
                         {0xff492c22, 0xfff4b294, 0xffe96a31}};
constexpr Hue kBlue{{0xffdfe7f4, 0xff1850a1, 0xff1955ad}, {0xff2b3449, 0xffaac1fb, 0xff7ea1f9}};
constexpr Hue kPale{{0xffeff0fb, 0xff4e5489, 0xff7d84df}, {0xff25304b, 0xffacbbe2, 0xff4a6cc0}};
constexpr Hue kAmber{{0xfff4e5cc, 0xff704b0d, 0xffc67b00}, {0xff4b3e20, 0xfff6cd6e, 0xfff2b52a}};
constexpr Hue kPurple{{0xfff3e7ed, 0xff803d63, 0xff9f4877}, {0xff3c2f3e, 0xffddb4d3, 0xffc47eb3}};
constexpr Hue kPlain{{0xffffffff, 0xff5b6169, 0xffaab2bc}, {0xff1f2226, 0xffd6dade, 0xffc5cace}};
constexpr Hue kFaint{{0xfff8f9fa, 0xff62656b, 0xffe4e7ec}, {0xff191c21, 0xff8d9195, 0xff3a4149}};
constexpr Hue kOut{{0xffeeebe7, 0xff6f5e46, 0xff867051}, {0xff252524, 0xffa09588, 0xff6b5a45}};

constexpr double kHighContrast = 19; // of 21; our own palettes stay below 17

Look inColoursOf(const QPalette& palette, Look look)
{
    look.fill = palette.color(QPalette::Base);
    look.ink = palette.color(QPalette::Text);
    look.outline = look.ink;
    return look;
}

double luminance(const QColor& color)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

} // namespace

bool isDark(const QPalette& palette) { return palette.color(QPalette::Window).lightness() < 128; }

bool isHighContrast(const QPalette& palette)
{
    return contrast(palette.color(QPalette::Window), palette.color(QPalette::WindowText)) >=
           kHighContrast;
}

Look lookOf(DayState state, bool dark)
{
    switch (state) {
    case DayState::Imported:
        return kGreen.look(dark);
    case DayState::Skipped:
        return kGrey.look(dark, Pattern::Horizontal);
    case DayState::Importing:
        return kSky.look(dark, Pattern::Vertical);
    case DayState::Failed:
        return kVermilion.look(dark, Pattern::CrossHatched);
    case DayState::Ready:
        return kBlue.look(dark, Pattern::Chevrons);
    case DayState::Queued:
        return kPale.look(dark, Pattern::Dashes);
    case DayState::Gap:
        return kAmber.look(dark, Pattern::Hatched, Edge::Framed);
    case DayState::Blocked:
        return kPurple.look(dark, Pattern::Dotted);
    case DayState::Awaiting:
        return kPlain.look(dark, Pattern::Rings, Edge::Dashed);
    case DayState::Future:
        return kFaint.look(dark, Pattern::Speckled, Edge::Dotted);
    case DayState::Ignored:
        return kOut.look(dark, Pattern::Grid, Edge::Dotted);
    }
    return kPlain.look(dark);
}

Look lookOf(RunState state, bool dark)
{
    switch (state) {
    case RunState::Running:
    case RunState::Committing:
        return kSky.look(dark);
    case RunState::Imported:
        return kGreen.look(dark);
    case RunState::Failed:
        return kVermilion.look(dark);
    case RunState::Interrupted:
        return kAmber.look(dark);
    case RunState::Cancelled:
        return kGrey.look(dark);
    case RunState::Superseded:
    case RunState::RolledBack:
        return kFaint.look(dark);
    }
    return kPlain.look(dark);
}

Look lookOf(Tone tone, bool dark)
{
    switch (tone) {
    case Tone::Information:
        return kBlue.look(dark);
    case Tone::Good:
        return kGreen.look(dark);
    case Tone::Warning:
        return kAmber.look(dark);
    case Tone::Error:
        return kVermilion.look(dark);
    }
    return kBlue.look(dark);
}

Look lookOf(DayState state, const QPalette& palette)
{
    const Look look = lookOf(state, isDark(palette));
    return isHighContrast(palette) ? inColoursOf(palette, look) : look;
}

Look lookOf(Tone tone, const QPalette& palette)
{
    const Look look = lookOf(tone, isDark(palette));
    return isHighContrast(palette) ? inColoursOf(palette, look) : look;
}

double contrast(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

} // namespace daymark::ui
