"""grant_to_readers: helpers of policies, views, defaults and checks are called by name, and still inline."""

import pytest

from tests.world import MANAGER, RECEPTION, World

READERS = {
    "anon",
    "guest",
    "staff",
    "admin",
    "kiosk",
    "platform",
    "engine",
    "service",
    "auditor",
    "resolver",
}
GRANTED = (
    "select r.rolname from pg_roles r where has_function_privilege(r.oid, %s, 'execute')"
    " and not r.rolsuper and r.rolname !~ '^pg_'"
)


def test_the_right_is_named_and_public_has_none(undone: World) -> None:
    undone.conn.execute(
        "create function app.one() returns integer language sql begin atomic select 1; end;"
        " grant execute on function app.one() to public; select app.grant_to_readers('app.one()')"
    )
    granted = {role for (role,) in undone.rows(GRANTED, "app.one()")}
    assert granted >= READERS
    assert not undone.value("select has_function_privilege('public', 'app.one()', 'execute')")


@pytest.mark.parametrize("function", ["app.can(text)", "app.new_id()", "app.tenant_id()", "app.now()"])
def test_everybody_who_reads_or_writes_may_call_what_runs_in_their_name(undone: World, function: str) -> None:
    assert {role for (role,) in undone.rows(GRANTED, function)} >= READERS


@pytest.mark.parametrize("role", sorted(READERS))
def test_nobody_hands_it_on(undone: World, role: str) -> None:
    may = undone.value(
        "select has_function_privilege(%s, 'app.grant_to_readers(regprocedure)', 'execute')", role
    )
    assert not may


@pytest.mark.parametrize("email", [RECEPTION, MANAGER])
@pytest.mark.parametrize("view", ["requests", "bookings", "rooms", "members"])
def test_no_helper_of_a_policy_is_called_where_it_could_be_inlined(
    undone: World, email: str, view: str
) -> None:
    with undone.member(email):
        plan = "\n".join(
            row[0] for row in undone.rows(f"explain (verbose, costs off) select * from api.{view}")
        )
    assert "current_setting" in plan
    for helper in ("tenant_id", "can", "sees_all_properties", "property_ids", "permissions", "language"):
        assert f"app.{helper}(" not in plan


def test_a_guests_policies_are_inlined_too(undone: World) -> None:
    with undone.guest("Marutani"):
        plan = "\n".join(
            row[0] for row in undone.rows("explain (verbose, costs off) select * from api.portal_requests")
        )
    for helper in ("tenant_id", "booking_id", "level", "label"):
        assert f"app.{helper}(" not in plan
