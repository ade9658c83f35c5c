// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How different two colours look, to eyes of several kinds.
//
// 1. sRGB to linear light and to CIE XYZ (D65): IEC 61966-2-1.
// 2. What dichromats see: the matrices of severity 1.0 in G. M. Machado, M. M. Oliveira and
//    L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
//    IEEE TVCG 15(6), 2009; on linear light.
// 3. CIELAB: CIE 15. CIEDE2000: G. Sharma, W. Wu and E. N. Dalal, "The CIEDE2000 Color-Difference
//    Formula", Color Research and Application 30(1), 2005.

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace daymark::ui::test {

using Triple = std::array<double, 3>;

enum class Vision { Normal, Protan, Deutan, Tritan };

inline constexpr std::array kVisions{Vision::Normal, Vision::Protan, Vision::Deutan,
                                     Vision::Tritan};

inline Triple times(const std::array<Triple, 3>& matrix, const Triple& v)
{
    Triple out{};
    for (std::size_t row = 0; row < 3; ++row)
        out[row] = matrix[row][0] * v[0] + matrix[row][1] * v[1] + matrix[row][2] * v[2];
    return out;
}

/// @param srgb  each part 0 to 1.
inline Triple linearOf(const Triple& srgb)
{
    Triple out{};
    std::ranges::transform(srgb, out.begin(), [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    });
    return out;
}

/// What is seen of a linear colour, as a linear colour.
inline Triple seenBy(Vision vision, const Triple& linear)
{
    static constexpr std::array<std::array<Triple, 3>, 3> kMachado{
        {{{{0.152286, 1.052583, -0.204868},
           {0.114503, 0.786281, 0.099216},
           {-0.003882, -0.048116, 1.051998}}},
         {{{0.367322, 0.860646, -0.227968},
           {0.280085, 0.672501, 0.047413},
           {-0.011820, 0.042940, 0.968881}}},
         {{{1.255528, -0.076749, -0.178779},
           {-0.078411, 0.930809, 0.147602},
           {0.004733, 0.691367, 0.303900}}}}};
    if (vision == Vision::Normal)
        return linear;
    Triple seen = times(kMachado[std::size_t(vision) - 1], linear);
    for (double& part : seen)
        part = std::clamp(part, 0.0, 1.0);
    return seen;
}

inline Triple labOf(const Triple& linear)
{
    const Triple xyz = times({{{0.4124564, 0.3575761, 0.1804375},
                               {0.2126729, 0.7151522, 0.0721750},
                               {0.0193339, 0.1191920, 0.9503041}}},
                             linear);
    const auto f = [](double t) {
        constexpr double kDelta = 6.0 / 29.0;
        return t > kDelta * kDelta * kDelta ? std::cbrt(t) : t / (3 * kDelta * kDelta) + 4.0 / 29.0;
    };
    const double x = f(xyz[0] / 0.95047);
    const double y = f(xyz[1]);
    const double z = f(xyz[2] / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// CIEDE2000 of two CIELAB colours, with kL = kC = kH = 1.
inline double deltaE2000(const Triple& a, const Triple& b)
{
    constexpr double kPi = std::numbers::pi;
    constexpr double k25to7 = 6103515625.0;
    const auto degrees = [](double radians) { return radians * 180 / kPi; };
    const auto cosine = [](double angle) { return std::cos(angle * kPi / 180); };
    const auto hue = [&](double x, double y) {
        if (x == 0 && y == 0)
            return 0.0;
        const double angle = degrees(std::atan2(y, x));
        return angle < 0 ? angle + 360 : angle;
    };
    const double meanC = (std::hypot(a[1], a[2]) + std::hypot(b[1], b[2])) / 2;
    const double meanC7 = std::pow(meanC, 7);
    const double g = 0.5 * (1 - std::sqrt(meanC7 / (meanC7 + k25to7)));
    const double a1 = (1 + g) * a[1];
    const double a2 = (1 + g) * b[1];
    const double c1 = std::hypot(a1, a[2]);
    const double c2 = std::hypot(a2, b[2]);
    const double h1 = hue(a1, a[2]);
    const double h2 = hue(a2, b[2]);

    const double dL = b[0] - a[0];
    const double dC = c2 - c1;
    double dh = c1 * c2 == 0 ? 0 : h2 - h1;
    dh += dh > 180 ? -360 : dh < -180 ? 360 : 0;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(dh / 2 * kPi / 180);

    const double meanL = (a[0] + b[0]) / 2;
    const double mean = (c1 + c2) / 2;
    double meanH = h1 + h2;
    if (c1 * c2 != 0) {
        const double turn = std::abs(h1 - h2) <= 180 ? 0 : meanH < 360 ? 360 : -360;
        meanH = (meanH + turn) / 2;
    }
    const double t = 1 - 0.17 * cosine(meanH - 30) + 0.24 * cosine(2 * meanH) +
                     0.32 * cosine(3 * meanH + 6) - 0.20 * cosine(4 * meanH - 63);
    const double mean7 = std::pow(mean, 7);
    const double rC = 2 * std::sqrt(mean7 / (mean7 + k25to7));
    const double theta = 30 * std::exp(-std::pow((meanH - 275) / 25, 2));
    const double off = (meanL - 50) * (meanL - 50);
    const double sL = 1 + 0.015 * off / std::sqrt(20 + off);
    const double sC = 1 + 0.045 * mean;
    const double sH = 1 + 0.015 * mean * t;
    const double rT = -std::sin(2 * theta * kPi / 180) * rC;
    const double l = dL / sL;
    const double c = dC / sC;
    const double h = dH / sH;
    return std::sqrt(l * l + c * c + h * h + rT * c * h);
}

/// How different two sRGB colours look to somebody.
inline double difference(Vision vision, const Triple& a, const Triple& b)
{
    return deltaE2000(labOf(seenBy(vision, linearOf(a))), labOf(seenBy(vision, linearOf(b))));
}

} // namespace daymark::ui::test
