"""audit_log: whoever may read it reads all of it; a member of some properties does not."""

from tests.world import OWNER, RECEPTION, World

COUNT = "select count(*) from api.audit_log"


def test_the_right_opens_it(undone: World) -> None:
    with undone.member(OWNER):
        assert undone.value(COUNT) > 0
    with undone.member(RECEPTION):
        assert undone.value(COUNT) == 0


def test_it_knows_no_property_and_is_shut_to_members_of_one(undone: World) -> None:
    undone.conn.execute(
        "update identity.memberships"
        " set property_ids = array(select id from public.properties where code = 'CLF')"
    )
    with undone.member(OWNER):
        assert undone.value(COUNT) == 0
