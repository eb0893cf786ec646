"""QR codes say where somebody stands: make_qr_code, scan_qr, validate_qr, revoke_qr_code."""

from typing import Any

import pytest

from tests.codes import ADDRESS, badge, limits, lives, login_code, make, of_stay, scan, validate
from tests.house import Database
from tests.races import all_at_once
from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, STRANGER, Refused, World


@pytest.mark.parametrize(
    ("purpose", "lifetime", "is_reusable", "opens", "form"),
    [
        ("GUEST_ACCESS", 7 * 24 * 3600, True, "identification", None),
        ("STAFF_ACCESS", None, True, "password", None),
        (
            "ROOM_SERVICE",
            2 * 360 * 24 * 3600 + 10 * 24 * 3600 + 12 * 3600,
            True,
            "request_form",
            "kitchen_fnb",
        ),
        (
            "MAINTENANCE",
            2 * 360 * 24 * 3600 + 10 * 24 * 3600 + 12 * 3600,
            True,
            "request_form",
            "maintenance",
        ),
        ("LOGIN", 3600, False, "session", None),
    ],
)
def test_the_table_of_purposes(
    world: World, purpose: str, lifetime: int | None, is_reusable: bool, opens: str, form: str | None
) -> None:
    with world.member(MANAGER):
        row = world.rows(
            "select lifetime_seconds, is_reusable, opens, request_type_slug"
            " from api.qr_purposes where purpose = %s",
            purpose,
        )[0]
    assert row == (lifetime, is_reusable, opens, form)


def test_the_secret_is_kept_as_its_digest_alone(world: World) -> None:
    code = login_code(world)
    assert world.value("select digest = sha256(%s) from identity.qr_tokens", code["secret"].encode()) is True
    assert (
        world.value("select count(*) from identity.qr_tokens t where t::text like %s", f"%{code['secret']}%")
        == 0
    )
    assert (
        world.value("select count(*) from public.audit_log a where a::text like %s", f"%{code['secret']}%")
        == 0
    )


def test_a_room_code_is_a_context_and_no_more(world: World) -> None:
    found = scan(world, make(world, "GUEST_ACCESS", room_number="G06"))
    assert (found["outcome"], found["opens"], found["room_number"]) == ("known", "identification", "G06")
    assert not {"guest_id", "booking_id", "session_id"} & set(found)


def test_a_badge_is_a_context_and_no_more(world: World) -> None:
    found = scan(world, badge(world))
    assert (found["audience"], found["opens"]) == ("staff", "password")
    assert found["membership_id"]
    assert "session_id" not in found


def test_a_poster_leads_to_its_form(world: World) -> None:
    assert scan(world, make(world, "MAINTENANCE"))["request_type_slug"] == "maintenance"
    assert scan(world, make(world, "ROOM_SERVICE"))["request_type_slug"] == "kitchen_fnb"


def test_validating_a_context_spends_nothing(world: World) -> None:
    secret = make(world, "GUEST_ACCESS", room_number="G06")["secret"]
    assert [validate(world, secret)["outcome"] for _ in range(3)] == ["known"] * 3


def test_a_login_code_opens_its_stay_once(world: World) -> None:
    code = login_code(world)
    opened = validate(world, code["secret"])
    assert (opened["outcome"], opened["level"]) == ("opened", "context")
    assert {name: opened[name] for name in ("guest_id", "room_id")} == of_stay(world)
    assert validate(world, code["secret"])["outcome"] == "used"


def test_twenty_at_the_same_moment_open_it_once(database: Database, world: World) -> None:
    secret = login_code(world)["secret"]
    limits(world, address_per_minute=1000, guest_per_minute=1000)
    outcomes = all_at_once(
        database,
        [
            lambda conn: conn.execute(
                "select app.validate_qr(app.digest(%s), %s, null) ->> 'outcome'", (secret, ADDRESS)
            ).fetchone()
        ]
        * 20,
    )
    assert sorted(one[0] for one in outcomes) == ["opened"] + ["used"] * 19
    assert world.value("select count(*) from identity.sessions where qr_token_id is not null") == 1


def test_a_device_seen_before_needs_no_second_fact(world: World) -> None:
    world.conn.execute(
        "insert into identity.seen_devices (tenant_id, booking_id, device_digest)"
        " select tenant_id, id, 'device' from public.bookings where id = %s",
        (world.booking("Marutani"),),
    )
    assert validate(world, login_code(world)["secret"])["level"] == "identified"


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ("expires_at = clock_timestamp() - interval '1 second'", "expired"),
        ("revoked_at = clock_timestamp()", "revoked"),
        ("used_at = clock_timestamp()", "used"),
    ],
)
def test_a_dead_code_says_why(world: World, change: str, outcome: str) -> None:
    code = login_code(world)
    world.conn.execute(f"update identity.qr_tokens set {change}".encode())
    assert validate(world, code["secret"])["outcome"] == outcome
    assert scan(world, code)["outcome"] == outcome


def test_the_resolver_finds_dead_codes_too(world: World) -> None:
    code = login_code(world)
    validate(world, code["secret"])
    found = world.rows("select tenant_id, token_id::text from app.resolve_qr(app.digest(%s))", code["secret"])
    assert found == [(world.value("select id from public.tenants where slug = 'hamsun'"), code["id"])]


def test_an_unknown_code_is_unknown(world: World) -> None:
    assert validate(world, "never made")["outcome"] == "unknown"


def test_a_login_code_of_a_stay_that_is_over_opens_nothing(world: World) -> None:
    code, booking = login_code(world, "Haddad"), world.booking("Haddad")
    with world.member(RECEPTION):
        world.value("select api.check_out_guest(%s, 'paid later')", booking)
    assert validate(world, code["secret"])["outcome"] == "expired"


def test_the_badge_of_who_left_is_dead(world: World) -> None:
    code = badge(world)
    world.conn.execute("update identity.memberships set is_active = false where session_type = 'staff'")
    assert scan(world, code)["outcome"] == "revoked"


def test_ten_tries_a_minute_an_address(world: World) -> None:
    outcomes = [validate(world, f"wrong {n}")["outcome"] for n in range(11)]
    assert outcomes == ["unknown"] * 10 + ["throttled"]
    secret = login_code(world)["secret"]
    throttled = validate(world, secret)
    assert throttled["outcome"] == "throttled"
    assert 1 <= throttled["retry_after"] <= 60
    assert validate(world, secret, "203.0.113.20")["outcome"] == "opened"


def test_thirty_at_the_same_moment_learn_no_more_than_ten(database: Database, world: World) -> None:
    outcomes = all_at_once(
        database,
        [
            lambda conn: conn.execute(
                "select app.validate_qr('wrong', %s, null) ->> 'outcome'", (ADDRESS,)
            ).fetchone()
        ]
        * 30,
    )
    assert sorted(one[0] for one in outcomes) == ["throttled"] * 20 + ["unknown"] * 10
    assert validate(world, "wrong")["retry_after"] >= 1


def test_five_tries_a_minute_a_guest(world: World) -> None:
    secret = login_code(world)["secret"]
    outcomes = [validate(world, secret, f"203.0.113.{n}")["outcome"] for n in range(6)]
    assert outcomes == ["opened", "used", "used", "used", "used", "throttled"]
    other = login_code(world, "Haddad")["secret"]
    assert validate(world, other, "203.0.113.99")["outcome"] == "opened"


def test_a_tenant_states_its_own_limits(world: World) -> None:
    limits(world, address_per_minute=12, guest_per_minute=2)
    secret = login_code(world)["secret"]
    outcomes = [validate(world, secret)["outcome"] for _ in range(3)]
    assert outcomes == ["opened", "used", "throttled"]
    room = make(world, "GUEST_ACCESS", room_number="G06")["secret"]
    assert [validate(world, room)["outcome"] for _ in range(11)] == ["known"] * 10 + ["throttled"]


@pytest.mark.parametrize("stated", ["many", None, -1, {"a": 1}])
def test_limits_that_make_no_sense_are_the_usual_ones(world: World, stated: Any) -> None:
    limits(world, guest_per_minute=stated)
    secret = login_code(world)["secret"]
    outcomes = [validate(world, secret)["outcome"] for _ in range(6)]
    assert outcomes[-2:] == ["used", "throttled"]


def test_making_login_codes_is_limited_too(world: World) -> None:
    made = [login_code(world) for _ in range(6)]
    assert ["details" in one for one in made] == [False] * 5 + [True]
    assert made[-1]["details"] == "too_many_tries"


def test_a_login_code_lasts_as_long_as_asked(world: World) -> None:
    login_code(world, expires_in_minutes=5)
    assert world.value(
        "select expires_at - created_at between interval '4 minutes' and interval '6 minutes'"
        " from identity.qr_tokens"
    )


@pytest.mark.parametrize("minutes", [0, 1441, -5, "soon", 1.5])
def test_a_login_code_lasts_a_day_at_most(world: World, minutes: Any) -> None:
    with pytest.raises(Refused) as refused:
        login_code(world, expires_in_minutes=minutes)
    assert refused.value.slug == "field_invalid"


@pytest.mark.parametrize("by", [HOUSEKEEPER])
def test_who_may_not_make_codes_is_refused(world: World, by: str) -> None:
    with pytest.raises(Refused) as refused:
        make(world, "GUEST_ACCESS", by)
    assert refused.value.slug == "permission_missing"


def test_reception_makes_no_badges(world: World) -> None:
    with pytest.raises(Refused) as refused:
        make(world, "STAFF_ACCESS", RECEPTION, membership_id=str(world.value("select app.new_id()")))
    assert refused.value.slug == "permission_missing"


def test_a_guest_in_another_room_or_hotel_is_not_told_apart(world: World) -> None:
    stay, other = of_stay(world), of_stay(world, "Haddad")
    sentences = set()
    for asked, by in (
        ({**stay, "room_id": other["room_id"]}, RECEPTION),
        (stay, STRANGER),
        ({"guest_id": "nobody", "room_id": "nowhere"}, RECEPTION),
    ):
        with pytest.raises(Refused) as refused:
            make(world, "LOGIN", by, **asked)
        assert refused.value.slug == "guest_not_in_room"
        sentences.add((refused.value.sentence, refused.value.hint))
    assert len(sentences) == 1


def test_a_revoked_code_opens_nothing_and_ends_what_it_opened(world: World) -> None:
    code = login_code(world)
    session = validate(world, code["secret"])
    for _ in range(2):
        with world.member(RECEPTION):
            answer = world.value("select api.revoke_qr_code(%s)", code["id"])
        assert answer == {"id": code["id"], "revoked": True}
    assert not lives(world, session)
    assert scan(world, code)["outcome"] == "revoked"


def test_the_strangers_code_is_not_found(world: World) -> None:
    code = make(world, "GUEST_ACCESS", room_number="G06")
    with pytest.raises(Refused) as refused, world.member(STRANGER):
        world.value("select api.revoke_qr_code(%s)", code["id"])
    assert refused.value.slug == "qr_code_not_found"
    with world.member(STRANGER):
        assert world.rows("select * from api.qr_codes") == []


def test_the_list_shows_codes_without_their_secrets(world: World) -> None:
    make(world, "GUEST_ACCESS", room_number="G06", label="Bedside")
    badge(world)
    with world.member(MANAGER):
        rows = world.rows("select purpose, label, room_number, state from api.qr_codes order by purpose")
    assert rows == [("GUEST_ACCESS", "Bedside", "G06", "open"), ("STAFF_ACCESS", None, None, "open")]
    with world.member(RECEPTION):
        assert world.value("select count(*) from api.qr_codes") == 1
    with world.member(HOUSEKEEPER):
        assert world.rows("select * from api.qr_codes") == []


def test_codes_leave_events(world: World) -> None:
    code = login_code(world)
    validate(world, code["secret"])
    topics = world.rows("select topic from public.event_log where entity_id = %s order by id", code["id"])
    assert topics == [("qr.issued",), ("qr.validated",)]
