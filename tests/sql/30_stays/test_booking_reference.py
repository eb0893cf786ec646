"""booking_reference: one name for a booking, in the mail that confirms it and at the desk."""

from tests.world import RECEPTION, World


def test_the_desk_calls_a_booking_what_its_mail_does(undone: World) -> None:
    booking = undone.booking("Marutani")
    with undone.member(RECEPTION):
        at_the_desk = undone.value("select reference from api.bookings where id = %s", booking)
    assert at_the_desk == str(booking)[-8:].upper()
    with undone.owner():
        undone.conn.execute("select app.act_as_member(%s)", (RECEPTION,))
        mail = undone.value("select app.confirmation_variables(%s) ->> 'booking_reference'", booking)
    assert mail == at_the_desk
