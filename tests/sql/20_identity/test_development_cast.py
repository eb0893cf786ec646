"""development_cast: everyone who can be signed in as, in the development build."""

import pytest

from tests.world import OWNER, RECEPTION, STRANGER, World


def test_it_lists_the_members_of_every_hotel_with_their_roles(undone: World) -> None:
    cast = {row[0]: row[1:] for row in undone.rows("select * from app.development_cast()")}
    assert cast[RECEPTION] == ("Mohsin", "staff", ["RECEPTION"], "Hamsun")
    assert cast[OWNER][1:3] == ("admin", ["OWNER"])
    assert STRANGER in cast


def test_who_has_left_is_not_in_it(undone: World) -> None:
    undone.conn.execute("update identity.memberships set is_active = false where display_name = 'Mohsin'")
    assert RECEPTION not in {email for (email,) in undone.rows("select email from app.development_cast()")}


@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform"])
def test_no_session_reads_it(undone: World, role: str) -> None:
    assert not undone.value("select has_function_privilege(%s, 'app.development_cast()', 'execute')", role)
