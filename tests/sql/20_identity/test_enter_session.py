"""enter_session and its two doors: what a transaction knows of its caller, and what it forgets."""

import pytest

from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, Refused, World


def test_a_member_comes_in_with_their_permissions(undone: World) -> None:
    with undone.owner():
        undone.conn.execute("select app.act_as_member(%s)", (HOUSEKEEPER,))
        assert undone.value("select app.session_role()") == "staff"
        assert undone.value("select app.actor_kind()") == "staff"
        assert undone.value("select app.actor_name()") == "Sana"
        assert undone.value("select app.can('hotel:requests:read')") is True
        assert undone.value("select app.can('hotel:charges:reverse')") is False
        assert undone.value("select app.sees_all_properties()") is True


def test_act_as_member_knows_the_cast_only(undone: World) -> None:
    with pytest.raises(Refused) as refused, undone.owner():
        undone.conn.execute("select app.act_as_member('nobody@hamsun.example')")
    assert refused.value.slug == "member_not_found"


@pytest.mark.parametrize("role", ["staff", "admin", "guest", "anon", "service", "engine"])
def test_nobody_else_acts_as_a_member(undone: World, role: str) -> None:
    assert not undone.value("select has_function_privilege(%s, 'app.act_as_member(text)', 'execute')", role)


def test_enter_as_member_refuses_who_left(undone: World) -> None:
    member, tenant = undone.rows(
        "select m.id, m.tenant_id from identity.memberships m join identity.users u on u.id = m.user_id"
        " where u.email = %s",
        RECEPTION,
    )[0]
    other = undone.value("select id from public.tenants where slug = 'alpine'")
    assert undone.value("select app.enter_as_member(%s, %s, null)", tenant, member) is True
    assert undone.value("select app.enter_as_member(%s, %s, null)", other, member) is False
    undone.conn.execute("update identity.memberships set is_active = false where id = %s", (member,))
    assert undone.value("select app.enter_as_member(%s, %s, null)", tenant, member) is False


def test_a_guest_comes_in_with_booking_level_and_one_property(undone: World) -> None:
    booking, tenant, house = undone.rows(
        "select id, tenant_id, property_id from public.bookings where id = %s", undone.booking("Alvarez")
    )[0]
    with undone.owner():
        assert undone.value("select app.enter_as_guest(%s, %s, null, 'context')", tenant, booking) is True
        assert undone.value("select app.booking_id()") == booking
        assert undone.value("select app.level()") == "context"
        assert undone.value("select app.language()") == "es"
        assert undone.value("select app.property_ids()") == [house]
        assert undone.value("select app.sees_property(%s)", house) is True
        assert undone.value("select app.actor_kind()") == "guest"


@pytest.mark.parametrize(
    "change",
    [
        "status = 'cancelled', cancelled_at = now(), cancel_reason = 'x'",
        "check_in = '2020-01-01', check_out = '2020-01-02'",
    ],
)
def test_enter_as_guest_refuses_where_the_portal_is_closed(undone: World, change: str) -> None:
    booking = undone.booking("Okafor")
    undone.conn.execute(f"update public.bookings set {change} where id = %s".encode(), (booking,))
    tenant = undone.value("select tenant_id from public.bookings where id = %s", booking)
    assert undone.value("select app.enter_as_guest(%s, %s, null, 'context')", tenant, booking) is False


def test_set_caller_sets_everything_anew(undone: World) -> None:
    with undone.owner():
        undone.conn.execute("select app.act_as_member(%s)", (MANAGER,))
        undone.conn.execute("select app.set_caller(null)")
        for helper in (
            "tenant_id",
            "actor_id",
            "actor_name",
            "session_role",
            "booking_id",
            "level",
            "session_id",
        ):
            assert undone.value(f"select app.{helper}()") is None
        assert undone.value("select app.permissions()") == []
        assert undone.value("select app.actor_kind()") == "system"
        assert undone.value("select app.language()") == "en"


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
@pytest.mark.parametrize("function", ["set_caller", "enter_session", "enter_as_guest", "enter_as_member"])
def test_no_api_role_becomes_somebody(undone: World, function: str, role: str) -> None:
    allowed = undone.value(
        "select bool_or(has_function_privilege(%s, oid, 'execute')) from pg_proc where proname = %s",
        role,
        function,
    )
    assert allowed is False


def test_member_permissions_add_up(undone: World) -> None:
    member = undone.value(
        "select m.id from identity.memberships m join identity.users u on u.id = m.user_id"
        " where u.email = %s",
        HOUSEKEEPER,
    )
    with undone.owner():
        undone.conn.execute("select app.act_as_member(%s)", (HOUSEKEEPER,))
        before = undone.value(
            "select array(select app.member_permissions(app.tenant_id(), %s) order by 1)", member
        )
        undone.conn.execute(
            "insert into identity.membership_roles (tenant_id, membership_id, role_id)"
            " select tenant_id, %s, id from identity.roles"
            " where key = 'RECEPTION' and tenant_id = app.tenant_id()",
            (member,),
        )
        after = undone.value(
            "select array(select app.member_permissions(app.tenant_id(), %s) order by 1)", member
        )
    assert set(before) < set(after)
    assert after == sorted(set(after))


def test_resolve_login_finds_active_memberships(undone: World) -> None:
    assert len(undone.rows("select * from app.resolve_login(%s)", RECEPTION.upper())) == 1
    undone.conn.execute("update identity.memberships set is_active = false where session_type = 'staff'")
    assert undone.rows("select * from app.resolve_login(%s)", RECEPTION) == []
