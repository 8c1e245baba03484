"""A brand's colors from a hue and a strength, with the contrast computed so that text always passes AA (4.5 : 1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

AA = 4.6
STEP = 0.01


def srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear-light sRGB of an oklch color, clipped to the gamut as browsers do last."""
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return tuple(min(max(part, 0.0), 1.0) for part in (red, green, blue))  # type: ignore[return-value]


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance, 0 to 1."""
    red, green, blue = srgb(lightness, chroma, hue)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: float, second: float) -> float:
    """Contrast ratio of two luminances, 1 to 21."""
    light, dark = max(first, second), min(first, second)
    return (light + 0.05) / (dark + 0.05)


def _darkened(start: float, chroma: float, hue: float, against: float) -> float:
    lightness = start
    while lightness > 0.2 and contrast(luminance(lightness, chroma, hue), against) < AA:
        lightness -= STEP
    return round(lightness, 3)


def _lightened(start: float, chroma: float, hue: float, against: float) -> float:
    lightness = start
    while lightness < 0.95 and contrast(luminance(lightness, chroma, hue), against) < AA:
        lightness += STEP
    return round(lightness, 3)


@dataclass(frozen=True, slots=True)
class Palette:
    """A brand's colors as CSS writes them: `fill` under white text, `strong` for text on `tint`; and in the dark."""

    fill: str
    strong: str
    tint: str
    dark_fill: str
    dark_strong: str
    dark_tint: str


@lru_cache(maxsize=256)
def palette(hue: int, strength: int) -> Palette:
    """The colors of a hue (0 to 359) and a strength (2 to 25, hundredths of oklch chroma)."""
    chroma = strength / 100
    quiet = round(chroma * 0.65, 3)
    light_tint, dark_tint = (0.963, round(chroma * 0.13, 4)), (0.275, round(chroma * 0.3, 4))
    strong = _darkened(0.5, chroma, hue, luminance(*light_tint, hue))
    dark_strong = _lightened(0.76, quiet, hue, luminance(*dark_tint, hue))
    return Palette(
        fill=f"oklch({_darkened(0.55, chroma, hue, 1.0)} {chroma} {hue})",
        strong=f"oklch({strong} {chroma} {hue})",
        tint=f"oklch({light_tint[0]} {light_tint[1]} {hue})",
        dark_fill=f"oklch({_darkened(0.58, chroma, hue, 1.0)} {chroma} {hue})",
        dark_strong=f"oklch({dark_strong} {quiet} {hue})",
        dark_tint=f"oklch({dark_tint[0]} {dark_tint[1]} {hue})",
    )


def stylesheet(hue: int, strength: int) -> str:
    """The brand's custom properties. `hue` 0 to 359, `strength` 2 to 25 (hundredths of oklch chroma)."""
    colors = palette(hue, strength)
    return (
        ":root {\n"
        f"  --brand-hue: {hue};\n"
        f"  --brand-chroma: {strength / 100};\n"
        f"  --brand: light-dark({colors.fill}, {colors.dark_fill});\n"
        "  --on-brand: oklch(1 0 0);\n"
        f"  --brand-strong: light-dark({colors.strong}, {colors.dark_strong});\n"
        "}\n"
    )
