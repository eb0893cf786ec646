"""A hotel's picture is drawn anew before anybody sees it; what is none, or too much of one, is refused."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageFile

from functions.shared.pictures import LARGEST, SHOWN, PictureRefused, redrawn

ORIENTATION, MADE_BY = 0x0112, 0x010F


def file_of(size: tuple[int, int], kind: str = "JPEG", colour: Any = (30, 120, 200), **more: Any) -> bytes:
    """A plain picture as a file; with an alpha channel where the colour has one."""
    made = BytesIO()
    Image.new("RGBA" if len(colour) == 4 else "RGB", size, colour).save(made, kind, **more)
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def slug_of(content: bytes) -> str:
    with pytest.raises(PictureRefused) as refused:
        redrawn(content)
    return refused.value.slug


def piece(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def head_of_png(wide: int, high: int) -> bytes:
    """A file that says it is enormous, and has next to nothing in it."""
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", zlib.compress(b""))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_becomes_a_small_jpeg(kind: str) -> None:
    made = opened(redrawn(file_of((3000, 1500), kind)))
    assert (made.format, made.size) == ("JPEG", (SHOWN[0], SHOWN[0] // 2))


def test_a_tall_one_is_cut_above_and_below() -> None:
    assert opened(redrawn(file_of((900, 1600)))).size == (900, 600)


def test_a_small_one_is_not_blown_up() -> None:
    assert opened(redrawn(file_of((600, 300)))).size == (600, 300)


def test_it_is_turned_upright_and_says_no_more_where_it_was_taken() -> None:
    notes = Image.Exif()
    notes[ORIENTATION], notes[MADE_BY] = 6, "A camera of somebody's"
    content = file_of((1000, 1500), exif=notes)
    assert b"A camera of somebody's" in content
    drawn = redrawn(content)
    made = opened(drawn)
    assert made.size == (1080, 720)
    assert not made.getexif()
    assert b"camera" not in drawn


def test_what_is_clear_gets_a_ground() -> None:
    made = opened(redrawn(file_of((500, 300), "PNG", (255, 255, 255, 0))))
    found = made.getpixel((10, 10))
    assert isinstance(found, tuple)
    assert max(abs(one - other) for one, other in zip(found, (0x2B, 0x24, 0x1D), strict=True)) < 6


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        (b"", "picture_not_readable"),
        (b"<svg onload='alert(1)'/>", "picture_not_readable"),
        (b"\xff\xd8\xff\xe0 and no more", "picture_not_readable"),
        (file_of((800, 600))[:2000], "picture_not_readable"),
        (file_of((800, 600), "GIF"), "picture_not_readable"),
        (file_of((300, 200)), "picture_too_small"),
        (file_of((4000, 100)), "picture_too_small"),
        (head_of_png(9000, 9000), "picture_too_large"),
        (head_of_png(60000, 60000), "picture_too_large"),
        (b"\xff" * (LARGEST + 1), "picture_too_large"),
    ],
    ids=("nothing", "svg", "broken", "cut", "gif", "tiny", "flat", "many", "bomb", "heavy"),
)
def test_what_is_none_is_refused(content: bytes, slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    assert slug_of(content) == slug
