"""publish_workflow: a request type's document becomes what new requests are born with."""

import copy
import json
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.house import Database
from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World, is_waiting_for_a_lock, wait_for

SEED: dict[str, Any] = json.loads(Path("seeds/reference/workflows/concierge.json").read_text())


def relabelled(text: str = "Just in") -> dict[str, Any]:
    document = copy.deepcopy(SEED)
    document["workflow"]["statuses"]["new"]["label"]["en"] = text
    return document


def renamed(old: str, new: str) -> dict[str, Any]:
    """The document with a status key renamed wherever it stands."""
    document: dict[str, Any] = json.loads(json.dumps(SEED).replace(f'"{old}"', f'"{new}"'))
    return document


def publish(world: World, document: object, by: str = MANAGER, slug: str = "concierge") -> dict[str, Any]:
    with world.member(by):
        answer: dict[str, Any] = world.value("select api.publish_workflow(%s, %s)", slug, Jsonb(document))
    return answer


def asked(world: World, key: str = "k") -> Any:
    with world.guest("Marutani"):
        return world.submit({"type_slug": "concierge", "note": "?"}, key)["body"]["request"]["id"]


def shown(world: World, request: Any) -> object:
    with world.member(RECEPTION):
        return world.value("select status_label from api.requests where id = %s", request)


@pytest.mark.shows("table/request_types")
def test_new_requests_are_born_with_it(undone: World) -> None:
    assert publish(undone, relabelled()) == {"type_slug": "concierge", "version": 2, "is_new": True}
    assert shown(undone, asked(undone)) == "Just in"


def test_the_document_is_written_as_a_whole(undone: World) -> None:
    publish(undone, relabelled() | {"icon": "key", "position": 99, "is_offered": False})
    with undone.member(MANAGER):
        row = undone.rows(
            "select icon, position, is_offered, version from api.request_types where slug = 'concierge'"
        )
    assert row == [("key", 99, False, 2)]


def test_open_requests_keep_the_version_they_were_born_with(undone: World) -> None:
    request = asked(undone)
    before = shown(undone, request)
    publish(undone, relabelled())
    assert shown(undone, request) == before != "Just in"


def test_the_same_document_publishes_nothing_new(undone: World) -> None:
    assert publish(undone, SEED) == {"type_slug": "concierge", "version": 1, "is_new": False}
    assert [publish(undone, relabelled())["is_new"] for _ in range(2)] == [True, False]


def test_what_is_not_sound_is_refused_with_its_defects(undone: World) -> None:
    document = copy.deepcopy(SEED)
    document["workflow"]["initial"] = "fresh"
    with pytest.raises(Refused) as refused:
        publish(undone, document)
    assert (refused.value.slug, refused.value.code) == ("workflow_is_not_sound", "PT422")
    assert 'The first status "fresh" does not exist.' in refused.value.hint


@pytest.mark.parametrize(
    "garbage", [{}, [], 7, "x", None, {"workflow": {"statuses": []}}, {"workflow": {"actions": 7}}]
)
def test_garbage_is_not_sound(undone: World, garbage: object) -> None:
    with pytest.raises(Refused) as refused:
        publish(undone, garbage)
    assert refused.value.slug == "workflow_is_not_sound"


def test_status_keys_are_immutable(undone: World) -> None:
    request = asked(undone)
    with undone.member(RECEPTION):
        undone.act(request, "acknowledge")
    with pytest.raises(Refused) as refused:
        publish(undone, renamed("acknowledged", "seen"))
    assert (refused.value.slug, refused.value.code) == ("status_keys_are_immutable", "PT409")
    assert "acknowledged" in refused.value.sentence


def test_a_status_that_only_history_remembers_stays_too(undone: World) -> None:
    undone.conn.execute(
        "update portal.requests set request_type_id = x.id from portal.request_types x"
        " where type_slug = 'concierge' and x.slug = 'task' and x.tenant_id = requests.tenant_id"
    )
    request = asked(undone)
    for action in ("acknowledge", "start"):
        with undone.member(RECEPTION):
            undone.act(request, action)
    with pytest.raises(Refused) as refused:
        publish(undone, renamed("acknowledged", "seen"))
    assert "acknowledged" in refused.value.sentence


def with_a_status_more() -> tuple[dict[str, Any], dict[str, Any]]:
    """wake_up_call as it is seeded, and with a status that no request has."""
    seed = json.loads(Path("seeds/reference/workflows/wake_up_call.json").read_text())
    extended = copy.deepcopy(seed)
    extended["workflow"]["statuses"]["parked"] = {
        "phase": "waiting",
        "label": {"en": "Parked", "es": "Aparcada"},
    }
    first = extended["workflow"]["initial"]
    for key, start, end in (("park", first, "parked"), ("resume", "parked", first)):
        label = {"en": key, "es": key}
        action = {"label": label, "from": [start], "to": end, "by": ["staff"], "requires": {}}
        extended["workflow"]["actions"][key] = action
    return seed, extended


def test_an_unused_status_may_go(undone: World) -> None:
    seed, extended = with_a_status_more()
    assert publish(undone, extended, slug="wake_up_call")["version"] == 2
    assert publish(undone, seed, slug="wake_up_call")["version"] == 3


def test_a_status_that_a_message_is_named_after_stays_too(undone: World) -> None:
    seed, extended = with_a_status_more()
    publish(undone, extended, slug="wake_up_call")
    with undone.owner() as owner:
        owner.conn.execute(
            "update notify.templates set key = 'wake_up_call_parked' where key = 'feedback_request'"
        )
    with pytest.raises(Refused) as refused:
        publish(undone, seed, slug="wake_up_call")
    assert refused.value.slug == "status_keys_are_immutable"
    assert "parked" in refused.value.sentence


def test_a_charge_without_a_tax_code_is_refused(undone: World) -> None:
    undone.conn.execute("update public.tax_codes set categories = array_remove(categories, 'room_service')")
    document = json.loads(Path("seeds/reference/workflows/kitchen_fnb.json").read_text())
    document["workflow"]["path"] = ["new", "delivered"]
    with pytest.raises(Refused) as refused:
        publish(undone, document, slug="kitchen_fnb")
    assert (refused.value.slug, refused.value.code) == ("tax_code_missing", "PT422")
    assert "FSL room_service" in refused.value.sentence


def test_a_type_nobody_has_is_not_found(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        publish(undone, SEED, slug="spa")
    assert (refused.value.slug, refused.value.code) == ("request_type_unknown", "PT404")


def test_a_role_without_the_right_is_refused(undone: World) -> None:
    with pytest.raises(Refused) as refused:
        publish(undone, relabelled(), RECEPTION)
    assert (refused.value.slug, refused.value.code) == ("permission_missing", "PT403")


def test_the_stranger_publishes_at_home_alone(undone: World) -> None:
    publish(undone, relabelled("Grüß Gott"), STRANGER)
    changed = undone.rows(
        "select t.slug from portal.workflow_versions v join public.tenants t on t.id = v.tenant_id"
        " where v.workflow::text like '%%Grüß Gott%%'"
    )
    assert changed == [("alpine",)]


def test_published_versions_are_numbered_once(undone: World) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation, match="workflow_version_is_numbered_once"):
        undone.conn.execute(
            "insert into portal.workflow_versions (tenant_id, request_type_id, version, workflow)"
            " select tenant_id, request_type_id, version, '{}' from portal.workflow_versions limit 1"
        )


def test_twice_at_once_is_one_version(database: Database) -> None:
    with database.connect() as ahead, database.connect() as behind, ThreadPoolExecutor(1) as pool:
        leader = World(ahead)
        with leader.member(MANAGER):
            leader.value("select api.publish_workflow('concierge', %s)", Jsonb(relabelled()))
            twin: Future[dict[str, Any]] = pool.submit(publish, World(behind), relabelled())
            wait_for(lambda: is_waiting_for_a_lock(ahead, behind), "the twin's wait")
        assert twin.result(timeout=10) == {"type_slug": "concierge", "version": 2, "is_new": False}
