"""A property's accent colour, moved just far enough to be read: 4.5 : 1 on paper and on night."""

import colorsys
import re

PAPER, NIGHT = "faf7f2", "1b1815"
READABLE = 4.5
GLOWING = 7.5
"""At night the accent is light itself, as the hotel's gold is."""


def luminance(colour: str) -> float:
    """Relative luminance of `rrggbb`, 0 (black) to 1 (white), as WCAG 2 defines it."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: str, ground: str, least: float = READABLE) -> str:
    """The colour itself, or its nearest shade that reaches the contrast on that ground."""
    hue, light, saturation = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    step = 0.01 if luminance(ground) < 0.2 else -0.01
    shade = colour
    while contrast(shade, ground) < least and 0 <= light <= 1:
        light += step
        red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
        shade = f"{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
    return shade


def accent_sheet(colour: str) -> str | None:
    """The style sheet that puts a property's colour in; None for what is no colour."""
    if not re.fullmatch(r"[0-9a-fA-F]{6}", colour):
        return None
    # The wash behind icons and chips darkens paper and lightens night a little; aim past the bare ground.
    on_paper = readable_on(colour.lower(), "efe9df")
    on_night = readable_on(colour.lower(), NIGHT, GLOWING)
    return (
        f".guest{{--accent:#{on_paper};--on-accent:#fff;--glow:#{on_night};--wash:#{on_night}22}}"
        "@media (prefers-color-scheme:dark){"
        f".guest{{--accent:#{on_night};--on-accent:#1b1510;--glow:#{on_night}}}}}"
    )
