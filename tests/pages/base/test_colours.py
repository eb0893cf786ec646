"""Whatever colour a property chooses, its words stay readable."""

from hypothesis import given
from hypothesis import strategies as st

from functions.pages.base.colours import NIGHT, PAPER, READABLE, accent_sheet, contrast, readable_on

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06x}")


def test_contrast_is_the_one_of_the_guideline() -> None:
    assert round(contrast("000000", "ffffff"), 1) == 21
    assert round(contrast("777777", "ffffff"), 2) == 4.48


@given(COLOURS)
def test_every_colour_becomes_readable_on_paper_and_night(colour: str) -> None:
    assert contrast(readable_on(colour, PAPER), PAPER) >= READABLE
    assert contrast(readable_on(colour, NIGHT), NIGHT) >= READABLE


def test_a_readable_colour_is_left_alone() -> None:
    assert readable_on("835a2c", PAPER) == "835a2c"


def test_what_is_no_colour_makes_no_sheet() -> None:
    assert accent_sheet("red;}*{x") is None
    assert "--accent:#835a2c" in str(accent_sheet("835a2c"))
