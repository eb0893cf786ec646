"""notifications retry: app.retry_dead by whoever has the machine, and what it says."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from typer.testing import CliRunner

from functions.cli import environment
from functions.cli.main import app
from functions.notify.messages import Accepted, Failed
from tests.house import Database
from tests.notify.ledger import Ledger

NO = Failed("21211", "", is_final=True)
NOBODYS = "01a1fe00-0000-7000-8000-000000000000"


@pytest.fixture
def ledger(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(environment, "needed", lambda home: {"STAYBASE_OWNER_URL": database.url})
    ledger = Ledger(database)
    yield ledger
    ledger.close()


def retry(*words: str) -> tuple[int, list[str]]:
    """The command's exit code, and its lines."""
    run = CliRunner().invoke(app, ["notifications", "retry", *words], env={"COLUMNS": "200"})
    return run.exit_code, run.output.splitlines()


def dead(ledger: Ledger, channel: str = "whatsapp") -> UUID:
    message = ledger.queue(channel)
    ledger.try_one(NO, channel)
    assert ledger.state(message) == "dead"
    return message


def test_all_the_dead_leave_again_once(ledger: Ledger) -> None:
    messages = [dead(ledger), dead(ledger, "slack")]
    code, said = retry("--all")
    assert (code, said[-1]) == (0, "2 sent again, 0 left.")
    assert all(str(message) in "".join(said) for message in messages)
    assert {ledger.state(message) for message in messages} == {"queued"}
    assert ledger.alerts("notification_dead") == []
    assert retry("--all") == (0, ["No message is dead: nothing to send again."])


def test_a_channels_dead_alone(ledger: Ledger) -> None:
    ours, others = dead(ledger, "slack"), dead(ledger)
    assert retry("--channel", "slack")[1][-1] == "1 sent again, 0 left."
    assert (ledger.state(ours), ledger.state(others)) == ("queued", "dead")


def test_one_hotels_dead_alone(ledger: Ledger) -> None:
    ours = dead(ledger)
    assert retry("--tenant", "alpine")[1] == ["No message is dead: nothing to send again."]
    assert retry("--tenant", "alpine", "--channel", "whatsapp")[0] == 0
    assert ledger.state(ours) == "dead"
    assert retry("--tenant", "hamsun")[1][-1] == "1 sent again, 0 left."


def test_of_many_it_is_said_how_many(ledger: Ledger) -> None:
    for _ in range(23):
        ledger.queue("slack")
    ledger.conn.execute("update public.notification_log set state = 'dead'")
    code, said = retry("--all")
    assert (code, len(said), said[-2:]) == (0, 22, ["… and 3 more.", "23 sent again, 0 left."])


def test_one_by_its_id_which_may_be_failed(ledger: Ledger) -> None:
    message = ledger.sent()
    ledger.conn.execute("update public.notification_log set state = 'failed' where id = %s", (message,))
    assert retry("--id", str(message))[1][-1] == "1 sent again, 0 left."
    assert ledger.state(message) == "queued"


def test_what_was_sent_is_left(ledger: Ledger) -> None:
    message = ledger.sent()
    code, said = retry("--id", str(message))
    assert (code, said[-1]) == (0, "0 sent again, 1 left.")
    assert "is sent: nothing to retry" in said[0]


def test_whoever_was_reached_another_way_is_left_in_peace(ledger: Ledger) -> None:
    first = ledger.queue()
    ledger.conn.execute(
        "update public.notification_log set booking_id = %s where id = %s",
        (ledger.booking_of("Marutani"), first),
    )
    ledger.try_one(NO)
    ledger.try_one(NO, "sms")
    ledger.try_one(Accepted("<a@b>"), "email")
    code, said = retry("--all")
    assert (code, said[-1]) == (0, "0 sent again, 2 left.")
    assert "the guest was reached another way" in said[0]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--tenant", "moon"),
        ("--tenant", "hamsun", "--id", NOBODYS),
        ("--all", "--channel", "sms"),
        ("--channel", "pigeon"),
        ("--id", "7"),
        ("--id", NOBODYS),
    ],
    ids=str,
)
@pytest.mark.usefixtures("ledger")
def test_what_cannot_be_meant_is_refused(words: tuple[str, ...]) -> None:
    assert retry(*words)[0] == 1
