"""Pictures that a hotel gives us to show: made small for a phone, and nothing but a picture any more.

What comes in is drawn anew, so that neither what a camera notes (places, times, who) nor anything hidden in a
file goes on to a guest. A file that is none, or too much of one, is refused with a slug.
"""

from io import BytesIO
from typing import Final

from PIL import Image, ImageFile, ImageOps

LARGEST: Final = 10 * 1024 * 1024
"""Bytes: what a phone's camera makes of its best."""
MOST_PIXELS: Final = 60_000_000
LEAST: Final = (480, 240)
SHOWN: Final = (1080, 720)
"""A phone's width in its finest pixels; a taller picture is cut above and below."""
QUALITY: Final = 78
FORMATS: Final = ("JPEG", "PNG", "WEBP")
GROUND: Final = (0x2B, 0x24, 0x1D)
"""What shows through where a picture has none."""


class PictureRefused(Exception):
    """`picture_too_large`, `picture_too_small` or `picture_not_readable`."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def redrawn(content: bytes) -> bytes:
    """The picture as a JPEG of at most `SHOWN`, upright. Raises PictureRefused."""
    if len(content) > LARGEST:
        raise PictureRefused("picture_too_large")
    # WeasyPrint, in the same process, has Pillow take half a picture for a whole one
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            return drawn(picture)
    except Image.DecompressionBombError:
        raise PictureRefused("picture_too_large") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise PictureRefused("picture_not_readable") from None


def drawn(picture: Image.Image) -> bytes:
    """An opened picture, which has only been measured so far."""
    long, short = max(picture.size), min(picture.size)
    if long * short > MOST_PIXELS:
        raise PictureRefused("picture_too_large")
    if long < LEAST[0] or short < LEAST[1]:
        raise PictureRefused("picture_too_small")
    # small before anything else is done with it: a whole one in memory weighs a hundred times its file
    picture.thumbnail((SHOWN[0] * 2, SHOWN[0] * 2))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    plain = Image.new("RGB", upright.size, GROUND)
    plain.paste(upright, mask=upright)
    wide, high = plain.size
    if high * SHOWN[0] > wide * SHOWN[1]:
        plain = ImageOps.fit(plain, (wide, wide * SHOWN[1] // SHOWN[0]))
    plain.thumbnail(SHOWN)
    made = BytesIO()
    plain.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return made.getvalue()
