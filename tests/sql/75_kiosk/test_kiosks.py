"""Kiosks: registered by a manager, entered by their one present token, out at once when revoked."""

import json
import time
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, Refused, World

Claims = dict[str, Any]
NOBODY = "0198c000-0000-7000-8000-000000000009"


def register(world: World, name: str = "Lobby", by: str = MANAGER, **kiosk: Any) -> dict[str, Any]:
    with world.member(by):
        made: dict[str, Any] = world.value("select api.register_kiosk(%s)", Jsonb({"name": name, **kiosk}))
    return made


def rotate(world: World, kiosk: dict[str, Any], by: str = MANAGER) -> dict[str, Any]:
    with world.member(by):
        made: dict[str, Any] = world.value("select api.rotate_kiosk_token(%s)", kiosk["id"])
    return made


def revoke(world: World, kiosk: dict[str, Any], by: str = MANAGER) -> None:
    with world.member(by):
        assert world.value("select api.revoke_kiosk(%s)", kiosk["id"])["revoked"] is True


def enter(world: World, claims: Claims, slug: str | None = None) -> dict[str, Any]:
    """What PostgREST does for a device's token; what the kiosk then is."""
    whole = {**claims, "aud": "staybase", "iss": "staybase", "exp": int(time.time()) + 900}
    headers = {} if slug is None else {"x-tenant-slug": slug}
    with world.owner():
        world.conn.execute(
            "select set_config('request.jwt.claims', %s, true), set_config('request.headers', %s, true)",
            (json.dumps(whole), json.dumps(headers)),
        )
        world.conn.execute("set local role kiosk")
        world.conn.execute("select hook.pre_request()")
        rows = world.rows("select name, property_code from api.kiosks")
        return {"kiosks": rows, "role": world.value("select current_user::text")}


def refusal(world: World, claims: Claims, slug: str | None = None) -> str:
    with pytest.raises(Refused) as refused:
        enter(world, claims, slug)
    assert refused.value.code == "PT401"
    return str(refused.value.slug)


def test_a_kiosk_enters_and_sees_itself(world: World) -> None:
    register(world, "Garden", property_code="CLF")
    kiosk = register(world)
    assert enter(world, kiosk["claims"]) == {"kiosks": [("Lobby", "FSL")], "role": "kiosk"}


def test_the_token_says_what_it_is(world: World) -> None:
    claims = register(world)["claims"]
    assert (claims["role"], claims["device_table"]) == ("kiosk", "kiosk")
    assert {"sub", "session_id", "tenant_id", "jti", "expires_at"} <= set(claims)


def test_the_secret_is_kept_as_its_digest_alone(world: World) -> None:
    secret = register(world)["claims"]["jti"]
    assert world.value("select api_key_digest = sha256(%s) from kiosk.kiosks", secret.encode()) is True
    for table in ("kiosk.kiosks", "identity.sessions", "public.audit_log", "public.event_log"):
        assert world.value(f"select count(*) from {table} t where t::text like %s", f"%{secret}%") == 0


def test_a_kiosk_has_the_rights_of_its_role(world: World) -> None:
    claims = register(world)["claims"]
    with world.owner():
        assert world.value(
            "select app.enter_as_kiosk(%s, %s, %s)", claims["tenant_id"], claims["session_id"], Jsonb(claims)
        )
        assert world.value("select app.can('hotel:checkin:write') and not app.can('hotel:staff:write')")
        assert world.value("select app.permissions() = app.role_permissions('KIOSK_MACHINE')")


@pytest.mark.parametrize("slug", ["hamsun", " Hamsun "])
def test_the_slug_in_the_header_may_be_said(world: World, slug: str) -> None:
    assert enter(world, register(world)["claims"], slug)["role"] == "kiosk"


@pytest.mark.parametrize("slug", ["alpine", "nobody", ""])
def test_the_slug_in_the_header_must_agree(world: World, slug: str) -> None:
    assert refusal(world, register(world)["claims"], slug) == "session_over"


@pytest.mark.parametrize(
    "different", [{"jti": "another"}, {"jti": None}, {"device_table": "door"}, {"sub": NOBODY}]
)
def test_a_token_with_another_claim_is_refused(world: World, different: Claims) -> None:
    claims = {**register(world)["claims"], **different}
    assert refusal(world, claims) == "session_over"


def test_a_token_whose_sub_is_no_id_is_refused(world: World) -> None:
    assert refusal(world, {**register(world)["claims"], "sub": "nobody"}) == "token_incomplete"


def test_the_session_alone_is_no_kiosk(world: World) -> None:
    first, second = register(world), register(world, "Garden")
    assert refusal(world, {**first["claims"], "session_id": second["claims"]["session_id"]}) == "session_over"


def test_rotation_ends_the_token_before(world: World) -> None:
    kiosk = register(world)
    following = rotate(world, kiosk)
    assert refusal(world, kiosk["claims"]) == "session_over"
    assert enter(world, following["claims"])["role"] == "kiosk"


def test_a_revoked_kiosk_is_out_at_once(world: World) -> None:
    kiosk = register(world)
    for _ in range(2):
        revoke(world, kiosk)
    assert refusal(world, kiosk["claims"]) == "session_over"
    with pytest.raises(Refused) as refused:
        rotate(world, kiosk)
    assert refused.value.slug == "kiosk_is_revoked"


def test_a_revoked_kiosk_leaves_its_name_free(world: World) -> None:
    kiosk = register(world)
    with pytest.raises(Refused) as refused:
        register(world, "LOBBY")
    assert refused.value.slug == "kiosk_name_is_unique_in_its_property"
    revoke(world, kiosk)
    assert register(world)["id"] != kiosk["id"]


@pytest.mark.parametrize("by", [RECEPTION, HOUSEKEEPER])
def test_only_a_manager_registers(world: World, by: str) -> None:
    kiosk = register(world)
    with pytest.raises(Refused) as refused:
        register(world, "Other", by)
    assert refused.value.slug == "permission_missing"
    with pytest.raises(Refused) as refused:
        rotate(world, kiosk, by)
    assert refused.value.slug == "permission_missing"
    with pytest.raises(Refused) as refused:
        revoke(world, kiosk, by)
    assert refused.value.slug == "permission_missing"


def test_the_strangers_kiosk_is_not_found(world: World) -> None:
    kiosk = register(world)
    with pytest.raises(Refused) as refused:
        rotate(world, kiosk, STRANGER)
    assert refused.value.slug == "kiosk_not_found"
    with pytest.raises(Refused) as refused:
        revoke(world, kiosk, STRANGER)
    assert refused.value.slug == "kiosk_not_found"
    with world.member(STRANGER):
        assert world.rows("select * from api.kiosks") == []


@pytest.mark.parametrize("kiosk", [{"name": " "}, {"name": "x" * 81}, {"name": None}, {"colour": "red"}])
def test_a_kiosk_has_a_name_and_nothing_unknown(world: World, kiosk: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused, world.member(MANAGER):
        world.value("select api.register_kiosk(%s)", Jsonb({"name": "Lobby", **kiosk}))
    assert refused.value.slug in ("field_invalid", "field_unknown")


def test_members_see_kiosks_and_since_when_their_token_is(world: World) -> None:
    register(world)
    with world.member(RECEPTION):
        assert world.rows("select name, status from api.kiosks") == [("Lobby", "registered")]
        assert world.value("select revoked_at is null from api.kiosk_tokens") is True
    with world.member(HOUSEKEEPER):
        assert world.rows("select * from api.kiosks") == []


def as_platform(world: World, query: str) -> list[tuple[Any, ...]]:
    with world.owner():
        world.conn.execute("set local role platform")
        return world.rows(query)


def test_the_platform_sees_health_and_nothing_else(world: World) -> None:
    register(world)
    assert as_platform(world, "select status from api.kiosk_health") == [("registered",)]
    with pytest.raises(Refused):
        as_platform(world, "select name from api.kiosks")
