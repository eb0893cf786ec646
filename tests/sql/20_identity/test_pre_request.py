"""pre_request: who calls, checked before anything else. PostgREST lets tokens without exp or aud pass."""

import json
import time
from typing import Any

import pytest

from tests.world import MANAGER, RECEPTION, STRANGER, Refused, World

Claims = dict[str, Any]
HASH = "$argon2id$v=19$m=47104,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"
NOBODY = "00000000-0000-0000-0000-000000000000"


def session_of(world: World, email: str) -> Claims:
    """The claims of a fresh token of a member."""
    opened = world.value("select app.open_development_session(%s)", email)
    return token(opened["role"], opened)


def guest_session(world: World, last_name: str = "Marutani") -> Claims:
    """The claims of a fresh token of a guest, whose level is read from the session's row."""
    code = world.value("select code from portal.codes where booking_id = %s", world.booking(last_name))
    opened = world.value("select app.open_portal_session(%s, '198.51.100.7', null)", code)
    return token("guest", {**opened, "sub": opened["booking_id"]}) | {"booking_id": opened["booking_id"]}


def platform_session(world: World) -> Claims:
    """The claims of a fresh token of somebody who runs the platform."""
    world.value("select app.add_platform_user('ops@staybase.example', 'Nadia', %s)", HASH)
    user = world.value("select user_id from identity.platform_users")
    opened = world.value(
        "select app.accept_platform_login('ops@staybase.example', '198.51.100.7', %s, %s)", user, b"secret"
    )
    claims = token("platform", {**opened, "tenant_id": None})
    del claims["tenant_id"]
    return claims


def token(role: str, session: Claims) -> Claims:
    kept = {name: session[name] for name in ("sub", "session_id", "tenant_id")}
    return {**kept, "role": role, "aud": "staybase", "iss": "staybase", "exp": int(time.time()) + 900}


def call(world: World, role: str, claims: Claims | str | None, headers: Claims | None = None) -> None:
    """What PostgREST does before a command; afterwards the settings can be read as the migrating role."""
    given = claims if isinstance(claims, str) else json.dumps(claims)
    with world.owner():
        world.conn.execute("select set_config('request.jwt.claims', %s, true)", (given,))
        world.conn.execute("select set_config('request.headers', %s, true)", (json.dumps(headers or {}),))
        world.conn.execute(f"set local role {role}".encode())
        world.conn.execute("select hook.pre_request()")
        world.conn.execute("reset role")
        world.conn.execute(
            "select set_config('seen.tenant', coalesce(app.tenant_id()::text, ''), true),"
            " set_config('seen.role', coalesce(app.session_role(), ''), true),"
            " set_config('seen.actor', coalesce(app.actor_id()::text, ''), true),"
            " set_config('seen.level', coalesce(app.level(), ''), true),"
            " set_config('seen.permissions', app.permissions()::text, true),"
            " set_config('seen.address', coalesce(app.address(), ''), true),"
            " set_config('seen.call_id', coalesce(app.call_id(), ''), true)"
        )


def seen(world: World, setting: str) -> str:
    return str(world.value("select current_setting(%s, true)", f"seen.{setting}"))


def refusal(world: World, role: str, claims: Claims | str | None) -> str:
    with pytest.raises(Refused) as refused:
        call(world, role, claims)
    assert refused.value.code == "PT401"
    return str(refused.value.slug)


def test_a_members_token_says_who_and_what_they_may(undone: World) -> None:
    claims = session_of(undone, RECEPTION)
    call(undone, "staff", claims)
    assert seen(undone, "tenant") == claims["tenant_id"]
    assert seen(undone, "actor") == claims["sub"]
    assert "hotel:requests:write" in seen(undone, "permissions")


def test_a_guests_token_says_which_booking(undone: World) -> None:
    claims = guest_session(undone)
    call(undone, "guest", claims)
    assert (seen(undone, "role"), seen(undone, "actor")) == ("guest", claims["booking_id"])
    assert seen(undone, "permissions") == "{}"


def test_the_level_is_read_from_the_sessions_row(undone: World) -> None:
    claims = guest_session(undone)
    call(undone, "guest", {**claims, "level": "identified"})
    assert seen(undone, "level") == "context"
    undone.conn.execute(
        "update identity.sessions set level = 'identified' where id = %s", (claims["session_id"],)
    )
    call(undone, "guest", claims)
    assert seen(undone, "level") == "identified"


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"exp": None}, "token_incomplete"),
        ({"exp": 1}, "token_expired"),
        ({"exp": "soon"}, "token_incomplete"),
        ({"exp": "infinity"}, "token_incomplete"),
        ({"exp": [1]}, "token_incomplete"),
        ({"aud": "elsewhere"}, "token_not_for_us"),
        ({"aud": ["staybase", "elsewhere"]}, "token_not_for_us"),
        ({"iss": "elsewhere"}, "token_not_for_us"),
        ({"role": "admin"}, "token_not_for_us"),
        ({"role": None}, "token_incomplete"),
        ({"sub": NOBODY}, "session_over"),
        ({"sub": None}, "token_incomplete"),
        ({"session_id": NOBODY}, "session_over"),
        ({"session_id": "mine"}, "token_incomplete"),
        ({"session_id": {}}, "token_incomplete"),
        ({"tenant_id": NOBODY}, "session_over"),
        ({"tenant_id": "hamsun"}, "token_incomplete"),
        ({"tenant_id": 7}, "token_incomplete"),
    ],
)
def test_a_token_that_says_something_else_is_refused(undone: World, change: Claims, slug: str) -> None:
    assert refusal(undone, "staff", session_of(undone, RECEPTION) | change) == slug


@pytest.mark.parametrize("claim", ["exp", "aud", "iss", "role", "sub", "session_id", "tenant_id"])
def test_a_token_that_leaves_something_out_is_refused(undone: World, claim: str) -> None:
    claims = session_of(undone, RECEPTION)
    del claims[claim]
    assert refusal(undone, "staff", claims) == "token_incomplete"


@pytest.mark.parametrize("garbage", ["", "null", "{}", "[]", "7", '"staff"', "[1, 2]"])
def test_garbage_is_no_token(undone: World, garbage: str) -> None:
    assert refusal(undone, "staff", garbage) == "token_incomplete"


def test_anon_has_no_claims(undone: World) -> None:
    for nothing in ("", "{}", '{"role": "anon"}'):
        call(undone, "anon", nothing)
        assert (seen(undone, "tenant"), seen(undone, "actor")) == ("", "")


def test_a_token_without_a_role_is_not_anon_with_claims(undone: World) -> None:
    claims = session_of(undone, RECEPTION)
    del claims["role"]
    assert refusal(undone, "anon", claims) == "token_has_no_role"


def test_the_token_of_supabases_publishable_key_is_nobody(undone: World) -> None:
    key = {"iss": "supabase", "ref": "abcdefghijklmnopqrst", "role": "anon", "iat": 1, "exp": 4102444800}
    call(undone, "anon", json.dumps(key))
    assert seen(undone, "tenant") == ""
    for more in ({"iss": "staybase"}, {"sub": "x"}, {"tenant_id": "x"}):
        assert refusal(undone, "anon", json.dumps({**key, **more})) == "token_has_no_role"
    del key["iss"]
    assert refusal(undone, "anon", json.dumps(key)) == "token_has_no_role"


def test_nothing_of_an_earlier_caller_stays(undone: World) -> None:
    call(undone, "staff", session_of(undone, RECEPTION))
    call(undone, "anon", "")
    assert (seen(undone, "tenant"), seen(undone, "role"), seen(undone, "permissions")) == ("", "", "{}")


def test_an_ended_session_is_over_for_all_its_tokens(undone: World) -> None:
    claims = session_of(undone, RECEPTION)
    undone.conn.execute(
        "update identity.sessions set ended_at = now() where id = %s", (claims["session_id"],)
    )
    assert refusal(undone, "staff", claims) == "session_over"


def test_a_session_lives_by_the_real_clock(undone: World) -> None:
    claims = session_of(undone, RECEPTION)
    undone.conn.execute("update app.clock set shift = interval '400 days'")
    call(undone, "staff", claims)
    undone.conn.execute(
        "update identity.sessions set expires_at = clock_timestamp() where id = %s", (claims["session_id"],)
    )
    assert refusal(undone, "staff", claims) == "session_over"


def test_another_tenants_session_is_not_found(undone: World) -> None:
    ours, theirs = session_of(undone, MANAGER), session_of(undone, STRANGER)
    assert refusal(undone, "admin", ours | {"session_id": theirs["session_id"]}) == "session_over"
    assert refusal(undone, "admin", ours | {"tenant_id": theirs["tenant_id"]}) == "session_over"


def test_a_member_who_left_is_out_at_once(undone: World) -> None:
    claims = session_of(undone, RECEPTION)
    undone.conn.execute("update identity.memberships set is_active = false where id = %s", (claims["sub"],))
    assert refusal(undone, "staff", claims) == "session_over"


def test_a_member_whose_session_type_changed_signs_in_again(undone: World) -> None:
    claims = session_of(undone, RECEPTION)
    undone.conn.execute(
        "update identity.memberships set session_type = 'admin' where id = %s", (claims["sub"],)
    )
    assert refusal(undone, "staff", claims) == "session_over"
    assert refusal(undone, "admin", claims | {"role": "admin"}) == "session_of_another_type"


def test_a_guests_session_ends_with_the_code(undone: World) -> None:
    claims = guest_session(undone, "Lindqvist")
    call(undone, "guest", claims)
    undone.conn.execute("update app.clock set shift = interval '40 days'")
    assert refusal(undone, "guest", claims) == "session_over"


def test_a_guests_token_opens_one_booking(undone: World) -> None:
    claims = guest_session(undone)
    other = str(undone.booking("Haddad"))
    assert refusal(undone, "guest", claims | {"booking_id": other}) == "session_over"
    del claims["booking_id"]
    assert refusal(undone, "guest", claims) == "session_over"


def test_a_member_s_session_is_no_kiosk_s_and_no_platform_s(undone: World) -> None:
    claims = session_of(undone, RECEPTION)
    assert refusal(undone, "kiosk", claims | {"role": "kiosk"}) == "session_of_another_type"
    assert refusal(undone, "platform", claims | {"role": "platform"}) == "token_not_for_us"
    del claims["tenant_id"]
    assert refusal(undone, "platform", claims | {"role": "platform"}) == "session_over"


def test_the_platform_s_own_people_come_in_without_a_tenant(undone: World) -> None:
    opened = platform_session(undone)
    call(undone, "platform", opened)
    assert (seen(undone, "tenant"), seen(undone, "role"), seen(undone, "actor")) == (
        "",
        "platform",
        opened["sub"],
    )
    assert seen(undone, "permissions") == "{}"


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"session_id": NOBODY}, "session_over"),
        ({"sub": NOBODY}, "session_over"),
        ({"sub": "me"}, "token_incomplete"),
        ({"session_id": None}, "token_incomplete"),
        ({"tenant_id": NOBODY}, "token_not_for_us"),
        ({"tenant_id": None}, "token_not_for_us"),
        ({"aud": "elsewhere"}, "token_not_for_us"),
        ({"exp": 1}, "token_expired"),
    ],
)
def test_a_platform_token_that_says_something_else_is_refused(
    undone: World, change: Claims, slug: str
) -> None:
    assert refusal(undone, "platform", platform_session(undone) | change) == slug


def test_a_platform_session_is_no_member_s(undone: World) -> None:
    opened = platform_session(undone)
    tenant = str(undone.value("select id from public.tenants limit 1"))
    for role in ("staff", "admin", "kiosk"):
        assert refusal(undone, role, opened | {"role": role}) == "token_incomplete"
        assert refusal(undone, role, opened | {"role": role, "tenant_id": tenant}) == "session_over"


@pytest.mark.parametrize(
    "ended",
    [
        "update identity.platform_sessions set ended_at = now()",
        "update identity.platform_sessions set expires_at = clock_timestamp()",
        "update identity.platform_users set is_active = false",
    ],
)
def test_a_platform_session_ends(undone: World, ended: str) -> None:
    opened = platform_session(undone)
    undone.conn.execute(ended.encode())
    assert refusal(undone, "platform", opened) == "session_over"


def test_the_last_forwarded_address_is_the_gateways_word(undone: World) -> None:
    headers = {"x-forwarded-for": "203.0.113.66, 198.51.100.7", "x-request-id": "r" * 100}
    call(undone, "anon", "", headers)
    assert seen(undone, "address") == "198.51.100.7"
    assert seen(undone, "call_id") == "r" * 64
