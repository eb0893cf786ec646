"""register_tenant: tenant, property, owner and reference data at once or not at all, and once for a key."""

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests import races
from tests.house import Database
from tests.passwords import has_chosen
from tests.world import MANAGER, Refused, World

HASH = "$argon2id$v=19$m=47104,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"
OTHER = HASH.replace("c2Fs", "AAAA")
LODGE = {"code": "ALD", "name": "The Lodge", "country": "PK", "time_zone": "Asia/Karachi", "currency": "PKR"}


def hotel(**different: Any) -> dict[str, Any]:
    owner = {"name": "Zara Aziz", "email": different.pop("email", "zara@lodge.example")}
    return {"hotel_name": "Lodge & Sons", "owner": owner, "property": LODGE, **different}


def register(world: World, key: str = "key", password_hash: str = HASH, **different: Any) -> dict[str, Any]:
    answer: dict[str, Any] = world.value(
        "select app.register_tenant(%s, %s, %s)", Jsonb(hotel(**different)), password_hash, key
    )
    return answer


def refusal(world: World, **different: Any) -> str | None:
    with pytest.raises(Refused) as refused, world.owner():
        register(world, **different)
    return refused.value.slug


def slug_of(world: World, made: dict[str, Any]) -> str:
    return str(world.value("select slug from public.tenants where id = %s", made["tenant_id"]))


def test_a_hotel_begins_with_all_it_needs(undone: World) -> None:
    made = register(undone)
    tenant = made["tenant_id"]
    assert made["outcome"] == "made"
    counted = undone.rows(
        "select (select count(*) from public.properties where tenant_id = %(t)s),"
        " (select count(*) from identity.roles where tenant_id = %(t)s),"
        " (select count(*) from portal.request_types where tenant_id = %(t)s) > 5,"
        " (select count(*) from notify.teams where tenant_id = %(t)s) > 0,"
        " (select count(*) from notify.templates where tenant_id = %(t)s) > 0,"
        " (select count(*) from portal.feature_windows where tenant_id = %(t)s) > 0,"
        " (select count(*) from public.tax_codes where tenant_id = %(t)s)".replace("%(t)s", f"'{tenant}'")
    )
    assert counted == [(1, 6, True, True, True, True, 1)]
    assert undone.rows(
        "select t.hotel_name, t.slug, t.onboarding_completed_at, p.name, u.email"
        " from public.tenants t join public.plans p on p.id = t.plan_id"
        " join identity.users u on u.id = t.owner_user_id where t.id = %s",
        tenant,
    ) == [("Lodge & Sons", "lodge-sons", None, "FREE", "zara@lodge.example")]


def test_the_owner_comes_in_with_every_right(undone: World) -> None:
    register(undone)
    with undone.member("zara@lodge.example"):
        me = undone.rows("select name, session_type, onboarding_completed, permissions from api.me")[0]
        assert me[:3] == ("Zara Aziz", "admin", False)
        assert {"hotel:settings:write", "hotel:staff:write"} <= set(me[3])
        assert undone.rows("select code, is_default from api.properties") == [("ALD", True)]
        assert undone.value("select count(*) from api.bookings") == 0


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Hamsun", "the-hamsun"),
        ("Café Müller", "cafe-muller"),
        ("  ", "hxx"),
        ("7 Hills", "h7-hills"),
        ("ہوٹل", "hxx"),
        ("A", "axx"),
        ("-- & --", "hxx"),
        ("x" * 200, "x" * 60),
    ],
)
def test_slug_of(undone: World, name: str, slug: str) -> None:
    assert undone.value("select app.slug_of(%s)", name) == slug


def test_a_name_that_is_taken_gets_a_number(undone: World) -> None:
    made = [register(undone, f"key {n}", email=f"zara{n}@lodge.example") for n in range(3)]
    assert [slug_of(undone, one) for one in made] == ["lodge-sons", "lodge-sons-2", "lodge-sons-3"]
    named = register(undone, "key 9", email="admin@lodge.example", hotel_name="Admin")
    assert slug_of(undone, named) == "admin-2"


@pytest.mark.parametrize(
    ("different", "slug"),
    [
        ({"slug": "hamsun"}, "slug_is_taken"),
        ({"slug": "admin"}, "slug_invalid"),
        ({"slug": "No Slug"}, "slug_invalid"),
        ({"slug": ""}, "slug_invalid"),
        ({"property": {**LODGE, "time_zone": "Atlantis"}}, "time_zone_unknown"),
        ({"property": {**LODGE, "currency": "rupees"}}, "field_invalid"),
        ({"property": {**LODGE, "stars": 5}}, "field_unknown"),
    ],
)
def test_what_is_refused_leaves_nothing(undone: World, different: dict[str, Any], slug: str) -> None:
    everything = (
        "select (select count(*) from public.tenants), (select count(*) from identity.users),"
        " (select count(*) from identity.registrations), (select count(*) from public.audit_log)"
    )
    before = undone.rows(everything)
    assert refusal(undone, **different) == slug
    assert undone.rows(everything) == before


@pytest.mark.parametrize("email", [MANAGER, MANAGER.upper()])
def test_an_address_that_is_known_is_given_nothing_of_the_other_s(undone: World, email: str) -> None:
    has_chosen(undone, MANAGER, OTHER)
    register(undone, email=email)
    logins = undone.value("select app.begin_login('console', %s, '198.51.100.7')", MANAGER)["logins"]
    kept = {one["tenant_slug"]: one["password_hash"] for one in logins}
    assert kept == {"hamsun": OTHER, "lodge-sons": HASH}
    assert undone.value("select count(*) from identity.users where lower(email) = lower(%s)", MANAGER) == 1


def test_the_same_key_makes_one_hotel(undone: World) -> None:
    first = register(undone)
    assert register(undone) == {**first, "outcome": "replayed"}
    assert register(undone, password_hash=OTHER)["outcome"] == "refused"
    assert refusal(undone, hotel_name="Another") == "idempotency_key_reused"


def test_the_key_and_the_password_are_kept_by_nobody(undone: World) -> None:
    register(undone, "a key that is secret")
    kept = undone.rows("select key_digest, body_digest from identity.registrations")
    assert b"a key that is secret" not in kept[0][0]
    assert [len(bytes(one)) for one in kept[0]] == [32, 32]


def test_registering_is_counted_for_an_address(undone: World) -> None:
    begin = "select app.begin_registration(%s, %s)"
    ready = [undone.value(begin, f"zara{n}@lodge.example", "198.51.100.7")["outcome"] for n in range(6)]
    assert ready == ["ready"] * 5 + ["locked"]
    assert undone.value(begin, "zara@lodge.example", "198.51.100.8")["outcome"] == "locked"
    assert undone.rows("select kind, resolved_at is null from app.platform_alerts") == [
        ("registration_burst", True)
    ]
    for email in (MANAGER, "new@lodge.example"):
        assert undone.value(begin, email, "203.0.113.7") == {"outcome": "ready"}


def test_forgive_registration_gives_room_to_who_makes_hotels(undone: World) -> None:
    outcomes = []
    for n in range(21):
        outcomes.append(
            undone.value("select app.begin_registration(%s, '198.51.100.7')", f"z{n}@lodge.example")[
                "outcome"
            ]
        )
        undone.value("select app.forgive_login(app.login_buckets(%s, '198.51.100.7'))", f"z{n}@lodge.example")
        undone.value("select app.forgive_registration('198.51.100.7')")
    assert outcomes == ["ready"] * 20 + ["locked"]


@pytest.mark.parametrize("function", ["register_tenant", "begin_registration", "make_tenant"])
@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
def test_no_api_role_registers_past_the_function(undone: World, function: str, role: str) -> None:
    assert not undone.value(
        "select bool_or(has_function_privilege(%s, oid, 'execute')) from pg_proc where proname = %s",
        role,
        function,
    )


def both(database: Database, first: dict[str, Any], second: dict[str, Any]) -> tuple[Any, Any]:
    """Two registrations at the same moment: the second waits for the first."""
    return races.at_once(
        database,
        lambda conn: register(World(conn), **first),
        lambda conn: register(World(conn), **second),
    )


def test_the_same_slug_twice_at_once_is_one_hotel_s(database: Database) -> None:
    made, refused = both(
        database,
        {"key": "one", "slug": "lodge"},
        {"key": "two", "slug": "lodge", "email": "ali@lodge.example"},
    )
    assert made["outcome"] == "made"
    assert isinstance(refused, psycopg.Error)
    assert refused.diag.message_detail == "slug_is_taken"


def test_the_same_email_twice_at_once_is_one_address_of_two_hotels(database: Database) -> None:
    made = both(database, {"key": "one", "slug": "lodge"}, {"key": "two", "slug": "cabin"})
    assert [one["outcome"] for one in made] == ["made", "made"]
    with database.connect() as conn:
        zaras = "select count(*) from identity.users where email = 'zara@lodge.example'"
        assert World(conn).value(zaras) == 1


def test_the_same_key_twice_at_once_is_one_hotel(database: Database) -> None:
    made, twin = both(database, {"key": "one"}, {"key": "one"})
    assert (made["outcome"], twin["outcome"]) == ("made", "replayed")
    assert twin["tenant_id"] == made["tenant_id"]
