"""request_track: how far a request has come on its usual path."""

import json
from pathlib import Path

import pytest
from psycopg.types.json import Jsonb

from tests.world import World

KITCHEN = json.loads(Path("seeds/reference/workflows/kitchen_fnb.json").read_text())["workflow"]


def track(world: World, status: str, workflow: object = KITCHEN) -> str:
    """The path in signs: + done, > current, . to come."""
    steps = world.value("select app.request_track(%s, %s)", Jsonb(workflow), status)
    return "".join("+" if step["done"] else ">" if step["current"] else "." for step in steps)


@pytest.mark.parametrize(
    ("status", "signs"),
    [
        ("new", ">..."),
        ("confirmed", "+>.."),
        ("preparing", "++>."),
        ("ready", "++>."),
        ("delivered", "+++>"),
        ("cancelled", "...."),
        ("expired", "...."),
    ],
)
def test_a_status_stands_somewhere_on_the_path_or_nowhere(undone: World, status: str, signs: str) -> None:
    assert track(undone, status) == signs


def test_steps_speak_the_guests_words(undone: World) -> None:
    undone.conn.execute("select set_config('app.language', 'es', true)")
    steps = undone.value("select app.request_track(%s, 'new')", Jsonb(KITCHEN))
    assert [step["label"] for step in steps] == ["Enviado", "Confirmado", "En preparación", "En su puerta"]


def test_a_workflow_without_a_path_has_no_track(undone: World) -> None:
    assert track(undone, "new", {**KITCHEN, "path": []}) == ""
