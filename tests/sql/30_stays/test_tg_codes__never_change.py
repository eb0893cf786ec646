"""codes_are_never_reused: a code once given stands for its booking for ever."""

import pytest

from tests.desk import Desk, refused


@pytest.mark.parametrize(
    "statement",
    [
        "update portal.codes set code = 'AAAAAA' where booking_id = %s",
        "delete from portal.codes where booking_id = %s",
    ],
)
def test_refuses_even_the_migrating_role(desk: Desk, statement: str) -> None:
    booking = desk.confirmed(1, 3)
    with refused("codes_are_never_reused"):
        desk.db.execute(statement.encode(), (booking["id"],))


def test_commands_have_no_right_to_change_or_delete_one(desk: Desk) -> None:
    rights = (
        "select privilege_type from information_schema.role_table_grants"
        " where table_name = 'codes' and grantee = 'engine'"
    )
    assert {row[0] for row in desk.db.execute(rights).fetchall()} == {"SELECT", "INSERT"}
