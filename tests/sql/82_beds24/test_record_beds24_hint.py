"""record_beds24_hint: kept once for a body, asked for each time, forgotten with the guest."""

from tests.channel_manager import ChannelManager

HINT = "select app.record_beds24_hint(%s, %s, %s)"


def test_a_secret_that_opens_nothing_leaves_nothing(manager: ChannelManager) -> None:
    assert manager.desk.one(HINT, "x" * 32, 1234, "{}") is False
    assert manager.desk.one("select count(*) from notify.beds24_hints where beds24_booking_id = 1234") == 0


def test_the_same_body_is_kept_once_and_asked_about_each_time(manager: ChannelManager) -> None:
    for body in ("{}", "{}", "[]"):
        assert manager.desk.one(HINT, manager.secret, 4321, body) is True
    assert manager.desk.one(
        "select array_agg(times order by times) from notify.beds24_hints where beds24_booking_id = 4321"
    ) == [1, 2]
    assert manager.desk.one("select asked from notify.beds24_imports where beds24_booking_id = 4321") == 3


def test_what_webhooks_said_of_a_guest_is_forgotten_with_the_guest(manager: ChannelManager) -> None:
    document, other = manager.booking(), manager.booking(5, 7)
    for each in (document, other):
        manager.take(each)
        manager.desk.one(HINT, manager.secret, each["id"], f'{{"firstName": "Ada", "id": {each["id"]}}}')
    with manager.desk.db.transaction():
        manager.desk.db.execute("select app.set_caller(%s)", (manager.desk.tenant_id,))
        manager.desk.db.execute(
            "select app.blank_guest(b.guest_id, array[b.id]) from public.bookings as b where b.id = %s",
            (manager.ours(document)["id"],),
        )
    left = manager.desk.db.execute(
        "select beds24_booking_id from notify.beds24_hints where body like '%Ada%'"
    )
    assert left.fetchall() == [(other["id"],)]
    # and a later version does not bring the guest back
    manager.take(manager.changed(document, price=25000))
    assert (
        manager.desk.one(
            "select g.first_name || coalesce(g.phone, '') from public.bookings as b"
            " join public.guests as g on g.id = b.guest_id where b.beds24_booking_id = %s",
            document["id"],
        )
        == "Erased"
    )


def test_the_audit_log_keeps_neither_tokens_nor_what_webhooks_said(manager: ChannelManager) -> None:
    manager.desk.one(HINT, manager.secret, 2468, '{"id": 2468, "firstName": "Zaubernuss"}')
    manager.desk.db.execute(
        "update notify.beds24_access set refresh_token = 'Zaubertoken' where connection_id = %s",
        (manager.connection_id,),
    )
    said = "select count(*) from public.audit_log where concat(old_values, new_values) like %s"
    assert [manager.desk.one(said, f"%{word}%") for word in ("Zaubertoken", "Zaubernuss")] == [0, 0]
    # that the house was connected is told
    assert manager.desk.one(said, f"%{manager.connection_id}%") > 0
