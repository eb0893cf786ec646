"""workflow_problems: why a request type's document cannot be published, one sentence for each defect."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import World

Document = dict[str, Any]
SEEDS = sorted(Path("seeds/reference/workflows").glob("*.json"))
SOUND: Document = json.loads(Path("seeds/reference/workflows/kitchen_fnb.json").read_text())


def problems(world: World, document: object) -> list[str]:
    found: list[str] = world.value("select app.workflow_problems(%s)", Jsonb(document))
    return found


def test_every_seed_is_there() -> None:
    assert len(SEEDS) == 13


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_every_seed_is_sound(undone: World, seed: Path) -> None:
    document = json.loads(seed.read_text())
    assert "stuck_minutes" in document
    assert problems(undone, document) == []


@pytest.mark.parametrize("minutes", [-1, 1.5, 10081, "60", True])
def test_after_how_long_it_is_stuck_is_whole_minutes(undone: World, minutes: object) -> None:
    assert any(
        '"stuck_minutes" must be' in said for said in problems(undone, SOUND | {"stuck_minutes": minutes})
    )
    assert problems(undone, SOUND | {"stuck_minutes": 10080}) == []


def in_status(key: str, **change: Any) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        document["workflow"]["statuses"].setdefault(key, {"label": {"en": "X", "es": "X"}}).update(change)

    return plant


def in_action(key: str, **change: Any) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        document["workflow"]["actions"][key].update(change)

    return plant


def in_workflow(**change: Any) -> Callable[[Document], None]:
    return lambda document: document["workflow"].update(change)


def island(document: Document) -> None:
    in_status("parked", phase="waiting")(document)


def dead_end(document: Document) -> None:
    in_status("parked", phase="waiting")(document)
    document["workflow"]["actions"]["park"] = {
        "label": {"en": "Park", "es": "Aparcar"},
        "from": ["new"],
        "to": "parked",
        "by": ["staff"],
    }


def without(action: str) -> Callable[[Document], None]:
    def plant(document: Document) -> None:
        del document["workflow"]["actions"][action]

    return plant


PLANTED: list[tuple[Callable[[Document], None], str]] = [
    (in_workflow(initial="fresh"), 'The first status "fresh" does not exist.'),
    (island, 'Status "parked" cannot be reached.'),
    (dead_end, 'Status "parked" has no way to an end but giving up.'),
    (in_status("ready", phase="hot"), 'Status "ready" has no known phase.'),
    (in_status("ready", phase=None), 'The status ready: "phase" must be string.'),
    (in_status("delivered", outcome=None), 'Status "delivered" is closed and needs an outcome.'),
    (in_status("delivered", outcome="eaten"), 'Status "delivered" is closed and needs an outcome.'),
    (in_status("ready", outcome="success"), 'Status "ready" is not closed and has an outcome.'),
    (
        in_action("prepare", **{"from": ["confirmed", "declined"]}),
        'Status "declined" is closed, yet an action leads on from it.',
    ),
    (in_action("prepare", to="stove"), 'Action "prepare" leads to "stove", which does not exist.'),
    (
        in_action("prepare", **{"from": ["confirmed", "shelf"]}),
        'Action "prepare" starts from "shelf", which does not exist.',
    ),
    (in_action("prepare", by=[]), 'Action "prepare" is open to nobody.'),
    (in_action("prepare", by="staff"), 'The action prepare: "by" must be array.'),
    (in_action("prepare", position="first"), 'The action prepare: "position" must be number.'),
    (
        in_action("prepare", notify_guest_on_action="yes"),
        'The action prepare: "notify_guest_on_action" must be boolean or nothing.',
    ),
    (
        in_action("decline", requires={"reason": {"type": "text", "required": "yes"}}),
        'The input reason: "required" must be boolean.',
    ),
    (
        in_action("decline", requires={"pan": {"type": "choice"}}),
        "The input pan offers a choice and needs options.",
    ),
    (
        in_action("decline", requires={"at": {"type": "timestamp", "within": "year"}}),
        'The input at lies within "year", which is no span: "stay" and "around_stay" are.',
    ),
    (
        lambda document: document.update(
            subtypes=[{"key": "x", "label": {"en": "X", "es": "X"}, "states": ["asleep"]}]
        ),
        'The subtype x is for the state "asleep", which no stay is in.',
    ),
    (
        in_status("ready", label={"en": {"en": "Ready"}, "es": "Listo"}),
        'The status ready: "label" must be texts by language, as {"en": "…"}.',
    ),
    (
        lambda document: document.update(guest_label={"en": "Food", "es": ["Comida"]}),
        'The type: "guest_label" must be texts by language, as {"en": "…"}.',
    ),
    (
        in_action(
            "decline", requires={"pan": {"type": "choice", "options": ["a"], "option_labels": {"a": "A"}}}
        ),
        'The input pan: "option_labels a" must be texts by language, as {"en": "…"}.',
    ),
    (in_action("prepare", slack="bakery"), 'There is no team "bakery".'),
    (in_workflow(statuses=[]), '"workflow.statuses" must be object.'),
    (lambda document: document.update(team=None), '"team" must be string.'),
    (
        lambda document: document.update(takes_items="some"),
        '"takes_items" must be none, optional or required.',
    ),
    (
        without("cancel"),
        'Every type needs an action "cancel": by staff, from "*", asking for a reason at most,'
        " to an outcome cancelled.",
    ),
    (
        without("expire"),
        'Every type needs an action "expire": by the system, from "*", to an outcome expired.',
    ),
    (in_action("prepare", by=["cook"]), 'Action "prepare" is open to nobody.'),
    (
        in_action("prepare", permission="hotel:cook:write"),
        'Action "prepare" asks for the permission "hotel:cook:write", which does not exist.',
    ),
    (
        in_action("prepare", requires={"pan": {"type": "iron"}}),
        'Action "prepare" asks for "pan" of a type nobody knows.',
    ),
    (
        in_action("deliver", posts_charge={"category": "gifts", "amount": "lines"}),
        'Action "deliver" posts a charge of no known category.',
    ),
    (
        in_action("deliver", posts_charge={"category": "other", "amount": "guessed"}),
        'Action "deliver" posts a charge of no known amount.',
    ),
    (in_workflow(on_submission="greet"), 'The action at submission, "greet", does not exist.'),
    (in_workflow(path=["new", "eaten"]), 'The path names "eaten", which does not exist.'),
    (in_status("ready", label={"en": "Ready"}), "The status ready has no label in Spanish."),
    (in_action("prepare", label={"es": "Preparar"}), "The action prepare has no label in English."),
    (lambda document: document.update(label={"en": " ", "es": "X"}), "The type has no label in English."),
]


@pytest.mark.parametrize(("plant", "sentence"), PLANTED, ids=[sentence for _, sentence in PLANTED])
def test_a_planted_defect_is_told_in_a_sentence(
    undone: World, plant: Callable[[Document], None], sentence: str
) -> None:
    document = copy.deepcopy(SOUND)
    plant(document)
    assert sentence in problems(undone, document)


@pytest.mark.parametrize("garbage", [{}, [], 7, "kitchen", None, {"workflow": {}}, {"workflow": 7}])
def test_garbage_is_never_sound(undone: World, garbage: object) -> None:
    assert problems(undone, garbage) != []


def test_every_sentence_of_the_function_is_planted(undone: World) -> None:
    body = undone.value("select prosrc from pg_proc where proname = 'workflow_problems'")
    said = {line.split("format('")[1].split("%s")[0] for line in body.splitlines() if "format('" in line}
    planted = " ".join(sentence for _, sentence in PLANTED)
    assert {start for start in said if start not in planted} == set()
