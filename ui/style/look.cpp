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

    [[nodiscard]] Look look(bool inDark, Pattern pattern = Pattern::None, bool strong = false) const
    {
        const Shade& shade = inDark ? dark : light;
        return {QColor(shade.fill), QColor(shade.ink), QColor(shade.outline), pattern, strong};
    }
};

constexpr Hue kGreen{{0xffe2f4ec, 0xff005f45, 0xffa5d8c4}, {0xff12382d, 0xff86dfbd, 0xff236350}};
constexpr Hue kSky{{0xffdff2fd, 0xff07557f, 0xff56b4e9}, {0xff123a52, 0xff9bd7fa, 0xff3a8fc0}};
constexpr Hue kBlue{{0xffd9e8f8, 0xff00477d, 0xff5c9bd1}, {0xff16365a, 0xffa9cff7, 0xff3f78b5}};
constexpr Hue kPale{{0xffedf3fa, 0xff2b567f, 0xffc3d6e9}, {0xff202e3d, 0xffa9c4de, 0xff3b5066}};
constexpr Hue kAmber{{0xfffff1cc, 0xff6a4300, 0xffc57a00}, {0xff46350d, 0xffffd479, 0xffe69f00}};
constexpr Hue kVermilion{{0xffffe4d6, 0xff8f3300, 0xffd55e00},
                         {0xff4f2610, 0xffffb48c, 0xffe8783a}};
constexpr Hue kPurple{{0xfff8e6f0, 0xff7d2a5a, 0xffe3b4cf}, {0xff43223a, 0xfff0b3d3, 0xff74446a}};
constexpr Hue kPlain{{0xffffffff, 0xff4a515a, 0xffdbdfe4}, {0xff1c2025, 0xffb4bcc6, 0xff3a4149}};
constexpr Hue kFaint{{0xfff8f9fa, 0xff636a73, 0xffe6e9ec}, {0xff191c20, 0xff959da7, 0xff2b3037}};
constexpr Hue kGrey{{0xffecedf0, 0xff4c525a, 0xffcfd3d8}, {0xff2b3036, 0xffbcc3cb, 0xff454c55}};

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

Look lookOf(DayState state, bool dark)
{
    switch (state) {
    case DayState::Imported:
        return kGreen.look(dark);
    case DayState::Skipped:
        return kGrey.look(dark);
    case DayState::Importing:
        return kSky.look(dark);
    case DayState::Failed:
        return kVermilion.look(dark, Pattern::None, true);
    case DayState::Ready:
        return kBlue.look(dark);
    case DayState::Queued:
        return kPale.look(dark);
    case DayState::Gap:
        return kAmber.look(dark, Pattern::Hatched, true);
    case DayState::Blocked:
        return kPurple.look(dark, Pattern::Dotted);
    case DayState::Awaiting:
        return kPlain.look(dark);
    case DayState::Future:
    case DayState::Ignored:
        return kFaint.look(dark);
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

double contrast(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

} // namespace daymark::ui
