"""sender: app.set_sender by whoever has the machine: the number by which what is written finds its hotel."""

from collections.abc import Iterator

import pytest

from functions.cli.refusal import Refusal
from functions.cli.sender import set_sender
from tests.house import Database

NEW = "+1 (202) 555-0177"


@pytest.fixture
def settings(database: Database) -> Iterator[dict[str, str]]:
    """The machine's own way in; hotels write from what they wrote from afterwards."""
    senders = "select tenant_id, channel, address from notify.senders"
    with database.connect() as conn:
        before = conn.execute(senders).fetchall()
        yield {"STAYBASE_OWNER_URL": database.url}
        conn.execute("delete from notify.senders")
        for row in before:
            conn.execute("insert into notify.senders (tenant_id, channel, address) values (%s, %s, %s)", row)


def test_what_is_written_to_it_is_this_hotels(settings: dict[str, str], database: Database) -> None:
    assert [set_sender(settings, "alpine", "whatsapp", NEW) for _ in range(2)] == ["+12025550177"] * 2
    with database.connect() as conn:
        assert conn.execute(
            "select t.slug from public.tenants t where t.id = app.resolve_sender('whatsapp', '+12025550177')"
        ).fetchall() == [("alpine",)]
    assert set_sender(settings, "alpine", "email", "Desk@Alpine.example ") == "desk@alpine.example"


@pytest.mark.parametrize(
    ("tenant", "channel", "address", "says"),
    [
        ("nowhere", "whatsapp", NEW, "There is no hotel nowhere"),
        ("alpine", "fax", NEW, "There is no channel fax"),
        ("alpine", "email", "desk", "desk is nothing to write from"),
        ("alpine", "slack", "#reception", "is nothing to write from"),
        ("alpine", "sms", "0800 TAXI", "number"),
        ("hamsun", "whatsapp", NEW, "is another hotel's"),
    ],
)
def test_what_cannot_be_is_refused(
    settings: dict[str, str], tenant: str, channel: str, address: str, says: str
) -> None:
    set_sender(settings, "alpine", "whatsapp", NEW)
    with pytest.raises(Refusal, match=says):
        set_sender(settings, tenant, channel, address)
