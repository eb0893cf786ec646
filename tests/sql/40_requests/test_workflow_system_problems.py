"""workflow_system_problems: what the system does by itself must not wait for a person's answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import World

REASON = {"reason": {"type": "text"}}


def problems(world: World, slug: str, action: str | None = None, **workflow: Any) -> list[str]:
    """Of a seed whose action `action` asks for a reason, or whose workflow says something else."""
    document = json.loads(Path(f"seeds/reference/workflows/{slug}.json").read_text())
    document["workflow"].update(workflow)
    if action:
        document["workflow"]["actions"][action]["requires"] = REASON
    found: list[str] = world.value("select app.workflow_problems(%s)", Jsonb(document))
    return found


@pytest.mark.parametrize(
    ("slug", "action"),
    [
        ("task", "expire"),
        ("booking_action", "request_approval"),
        ("booking_action", "complete"),
        ("menu_order", "lock"),
    ],
)
def test_nothing_is_asked_where_nobody_is_there_to_answer(undone: World, slug: str, action: str) -> None:
    assert problems(undone, slug, action) == [
        f'The system takes "{action}" by itself and cannot answer "reason": it must not be required.'
    ]


def test_a_reason_is_given_where_a_cleaning_is_skipped(undone: World) -> None:
    assert problems(undone, "cleaning", "skip") == []


def test_what_the_system_does_must_be_there(undone: World) -> None:
    document = json.loads(Path("seeds/reference/workflows/menu_order.json").read_text())
    del document["workflow"]["actions"]["lock"]
    found = undone.value("select app.workflow_system_problems(%s)", Jsonb(document))
    assert found == ['The system takes "lock" by itself; the action has to be there.']


def test_the_action_at_submission_leads_from_the_first_status(undone: World) -> None:
    assert problems(undone, "booking_action", on_submission="complete") == [
        'The action at submission, "complete", does not lead from the first status.'
    ]
