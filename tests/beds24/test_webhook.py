"""POST /functions/v1/beds24-webhook: a hint with a secret, and nobody else's."""

import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from functions.beds24.webhook import HEADER
from functions.cli.cluster import Cluster
from tests.channel_manager import ChannelManager
from tests.desk import open_lodge
from tests.functions.server import House, running_functions
from tests.house import cloned

PATH = "/functions/v1/beds24-webhook"
BODY = {"timeStamp": "2026-11-21T10:00:00Z", "booking": {"id": 424242, "propertyId": 1, "status": "new"}}
HINTS = "select coalesce(sum(times), 0) from notify.beds24_hints"


@pytest.fixture(scope="module")
def house(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with (
        cloned(cluster, template) as database,
        running_functions(database, tmp_path_factory.mktemp("house")) as house,
    ):
        yield house


@pytest.fixture(scope="module")
def manager(house: House) -> Iterator[ChannelManager]:
    with house.database.connect() as db:
        yield ChannelManager(open_lodge(house.database, db, "LDG"), 70999).connect()


def post(house: House, secret: str | None, content: bytes, **headers: str) -> httpx2.Response:
    given = {"content-type": "application/json", **headers}
    if secret is not None:
        given[HEADER] = secret
    return house.client.post(PATH, content=content, headers=given)


def heard(manager: ChannelManager) -> int:
    return int(manager.desk.one(HINTS))


def test_a_hint_is_kept_as_it_came_and_asked_about(house: House, manager: ChannelManager) -> None:
    raw = json.dumps(BODY, indent=3)
    before = heard(manager)
    assert post(house, manager.secret, raw.encode()).status_code == 204
    assert post(house, manager.secret, raw.encode()).status_code == 204
    assert heard(manager) == before + 2
    assert (
        manager.desk.one(
            "select body from notify.beds24_hints where beds24_booking_id = 424242 and times = 2"
        )
        == raw
    )
    # what it says is not believed: nothing was taken over, and the property it names is not asked for
    assert manager.imported({"id": 424242}) == ("waiting", None)


@pytest.mark.parametrize("secret", [None, "", "wrong" * 6, "x" * 5000, "x y" * 20])
def test_without_the_secret_it_is_nobody(house: House, manager: ChannelManager, secret: str | None) -> None:
    before = heard(manager)
    answer = post(house, secret, json.dumps(BODY).encode())
    assert (answer.status_code, answer.json()["details"]) == (401, "secret_invalid")
    assert heard(manager) == before


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"booking": 1}', b'{"booking": {"id": true}}',
        b'{"booking": {"id": -1}}', b'{"booking": {"id": 1.5}}', b'{"booking": {"id": "1; drop"}}',
        b'{"booking": {"id": 1e300}}', b"[" * 100_000,
        b'{"booking": {"id": 5}, "x": "\x00"}', b'{"booking": {"id": 999999999999999999999}}',
    ],
)  # fmt: skip
def test_what_names_no_booking_is_nobodys_either(house: House, manager: ChannelManager, body: bytes) -> None:
    before = heard(manager)
    assert post(house, manager.secret, body).status_code == 401
    assert heard(manager) == before


def mutated(dice: random.Random) -> tuple[str | None, bytes, dict[str, str]]:
    """A webhook of somebody else: its secret and its body bent, cut, doubled or made of nothing."""
    raw = bytearray(json.dumps(BODY).encode())
    for _ in range(dice.randrange(0, 9)):
        at = dice.randrange(len(raw) + 1)
        match dice.randrange(4):
            case 0:
                raw[at:at] = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 9)))
            case 1:
                del raw[at : at + dice.randrange(1, 20)]
            case 2:
                raw[at : at + 1] = bytes([dice.randrange(256)])
            case _:
                raw[at:at] = raw[: dice.randrange(len(raw) + 1)]
    letters = "".join(chr(dice.randrange(33, 127)) for _ in range(dice.choice((0, 1, 31, 32, 33, 300))))
    secret = dice.choice((None, "", letters, letters[::-1]))
    headers = {"content-type": dice.choice(("application/json", "text/plain", "multipart/form-data", "x"))}
    return secret, bytes(raw), headers


@pytest.mark.long
def test_of_thousands_of_mutated_webhooks_none_is_accepted(house: House, manager: ChannelManager) -> None:
    dice = random.Random(5000)  # noqa: S311
    before = heard(manager)
    statuses: dict[int, int] = {}
    for _ in range(5000):
        secret, body, headers = mutated(dice)
        status = post(house, secret, body, **headers).status_code
        statuses[status] = statuses.get(status, 0) + 1
    assert set(statuses) == {401}
    # with the secret none of them breaks anything
    for _ in range(500):
        _, body, headers = mutated(dice)
        status = post(house, manager.secret, body, **headers).status_code
        assert status in (204, 401)
    assert heard(manager) >= before


def test_a_hundred_at_once_are_a_hundred_acknowledged_and_one_question(
    house: House, manager: ChannelManager
) -> None:
    document: dict[str, Any] = {"booking": {"id": 515151}}
    with ThreadPoolExecutor(20) as many:
        answers = list(
            many.map(lambda _: post(house, manager.secret, json.dumps(document).encode()), range(100))
        )
    assert {answer.status_code for answer in answers} == {204}
    assert manager.desk.one("select times from notify.beds24_hints where beds24_booking_id = 515151") == 100
    assert (
        manager.desk.one("select count(*) from notify.beds24_imports where beds24_booking_id = 515151") == 1
    )
