"""Why a request came to nothing: told to the guest whose it is, and to nobody else's."""

from tests.world import RECEPTION, World

COLA = {"type_slug": "mini_shop", "items": [{"sku": "cola", "quantity": 1}]}
REASON = "select reason from api.portal_requests where id = %s"


def test_its_guest_reads_it(undone: World) -> None:
    with undone.guest("Marutani"):
        made = undone.submit(COLA, "declined")["body"]["request"]["id"]
        assert undone.rows(REASON, made) == [(None,)]
    with undone.member(RECEPTION):
        undone.act(made, "decline", given={"reason": " The fridge is empty "})
    with undone.guest("Marutani"):
        assert undone.rows(REASON, made) == [("The fridge is empty",)]


def test_what_was_written_last_counts_also_where_it_began_first(undone: World) -> None:
    with undone.guest("Marutani"):
        made = undone.submit(COLA, "declined")["body"]["request"]["id"]
    with undone.member(RECEPTION):
        undone.act(made, "decline", given={"reason": "The fridge is empty"})
    undone.conn.execute(
        "update portal.request_status_history set at = at - interval '1 minute'"
        " where request_id = %s and action = 'decline'",
        (made,),
    )
    with undone.guest("Marutani"):
        assert undone.rows(REASON, made) == [("The fridge is empty",)]


def test_another_guest_does_not(undone: World) -> None:
    with undone.guest("Marutani"):
        made = undone.submit(COLA, "declined")["body"]["request"]["id"]
    with undone.member(RECEPTION):
        undone.act(made, "decline", given={"reason": "The fridge is empty"})
    with undone.guest("Haddad"):
        assert undone.rows(REASON, made) == []


def test_what_went_well_has_none(undone: World) -> None:
    with undone.guest("Marutani"):
        made = undone.submit(COLA, "delivered")["body"]["request"]["id"]
    for action in ("confirm", "deliver"):
        with undone.member(RECEPTION):
            undone.act(made, action)
    with undone.guest("Marutani"):
        assert undone.rows(REASON, made) == [(None,)]
