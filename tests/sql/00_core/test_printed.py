"""app.printed: what an error's sentence names can break no line of the answer."""

import pytest

from tests.world import World


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("'Sea view'::text", "Sea view"),
        ("e'x\\r\\nX-Injected: yes'::text", "x X-Injected: yes"),
        ("e'a\\tb\\x7fc'::text", "a b c"),
        ("date '2026-04-26'", "2026-04-26"),
        ("12", "12"),
        ("null::text", None),
    ],
)
def test_leaves_control_characters_out(undone: World, value: str, printed: str | None) -> None:
    assert undone.rows(f"select app.printed({value})") == [(printed,)]


def test_is_short(undone: World) -> None:
    assert len(undone.value("select app.printed(repeat('x', 5000))")) == 200
