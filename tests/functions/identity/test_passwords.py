"""Passwords: what is refused, what is kept, and that the event loop never waits for a hash."""

import asyncio
import time

import pytest
from argon2 import extract_parameters

from functions.identity import passwords
from functions.identity.guessable import common
from functions.identity.passwords import (
    HASHER,
    NOBODYS_HASH,
    digest_of_one_time,
    fitting,
    hash_password,
    refuse_weak,
    salt_of,
    verify_password,
    weakness_of,
)
from functions.shared.errors import Problem
from tests import loops

GOOD = "a kettle on the balcony"
EMAIL = "reception@hamsun.example"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "vT9-qLm2xKp7",
        "sun map tea",
        "Ünïcödé wörds äre fïne",
        "پاکستان میں ہوٹل اچھا ہے",
        "staple-battery-horse",
        "hunter2 hunts kettles",
        "x" * 4 + "Moth7!raven",
    ],
)
def test_a_good_password_is_taken(text: str) -> None:
    assert weakness_of(text, "owner@hamsun.example", "Ayesha", "The Hamsun") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short",
        "elevenchars",
        "vT9-qLm2xKp",
        "sun sun sun",
        "ab cd ef gh",
        " " * 20,
    ],
)
def test_a_short_one_is_not(text: str) -> None:
    assert "12 characters" in str(weakness_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "password1234",
        "Password2024!",
        "P@ssw0rd2025!!",
        "passwordpassword",
        "PasswordPassword1",
        "!!!iloveyou!!!",
        "welcome12345",
        "Welcome_Hotel_2025",
        "receptionist1",
        "administrator",
        "letmein letmein letmein",
        "contraseña123",
        "qwertyuiop123",
        "staybase2026!",
        "ｐａｓｓｗｏｒｄ１２３４",
    ],
)
def test_a_common_one_is_not(text: str) -> None:
    assert weakness_of(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "aaaaaaaaaaaa",
        "abababababab",
        "123123123123",
        "abcdefghijkl",
        "987654321098",
        "qwertyuiopas",
        "zxcvbnmasdfg",
    ],
)
def test_a_pattern_is_not(text: str) -> None:
    assert "repeats itself" in str(weakness_of(text))


@pytest.mark.parametrize(
    "text",
    ["ayesha and the kettle", "the-HAMSUN-kettle-7", "owner.of.all@home-9", "Farooqi!kettle!99"],
)
def test_one_that_says_whose_it_is_is_not(text: str) -> None:
    near = ("owner.of.all@hamsun.example", "Ayesha Farooqi", "Hamsun Hotels")
    assert "name" in str(weakness_of(text, *near))


def test_an_endless_one_is_not() -> None:
    assert "256" in str(weakness_of("kettle moth raven " * 20))


def test_a_weak_one_is_refused_with_advice() -> None:
    with pytest.raises(Problem) as refused:
        refuse_weak("password1234")
    assert (refused.value.status, refused.value.slug) == (422, "password_too_weak")
    assert refused.value.hint


def test_the_list_is_bundled() -> None:
    assert {"password", "qwerty", "letmein", "reception", "contraseña"} <= common()
    assert len(common()) > 5000


def test_a_password_is_kept_as_argon2id_and_recognised() -> None:
    kept = loops.run(hash_password(GOOD, EMAIL))
    assert kept.startswith("$argon2id$v=19$m=47104,t=2,p=1$")
    assert kept != loops.run(hash_password(GOOD, "somebody@else.example"))
    assert loops.run(verify_password(kept, GOOD)) is True
    assert loops.run(verify_password(kept, GOOD + ".")) is False
    assert loops.run(verify_password(kept, "")) is False


def test_the_same_letters_typed_another_way_are_the_same() -> None:
    kept = loops.run(hash_password("caf\u00e9 crème brûlée", EMAIL))
    assert loops.run(verify_password(kept, "cafe\u0301 crème brûlée")) is True


@pytest.mark.parametrize("text", ["\x00", "\ud800", "🏨" * 300, "x" * 100_000])
def test_odd_texts_are_just_wrong(text: str) -> None:
    kept = loops.run(hash_password(GOOD, EMAIL))
    assert loops.run(verify_password(kept, text)) is False


@pytest.mark.parametrize("kept", [None, "", "plain", "$argon2id$", "$2b$12$abc"])
def test_without_a_hash_nothing_fits(kept: str | None) -> None:
    assert loops.run(verify_password(kept, GOOD)) is False


def test_one_computation_tells_for_all_hotels_of_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [loops.run(hash_password(one, EMAIL)) for one in (GOOD, GOOD, "three kettles and a moth")]
    made: list[str] = []
    real = passwords._made_as

    def counted(like: str, text: str) -> str:
        made.append("once")
        return real(like, text)

    monkeypatch.setattr(passwords, "_made_as", counted)
    assert loops.run(fitting(kept, GOOD, EMAIL.upper())) == {kept[0]}
    assert loops.run(fitting(kept, "neither of them", EMAIL)) == frozenset()
    assert loops.run(fitting([], GOOD, EMAIL)) == frozenset()
    assert made == ["once"] * 3


def test_a_hash_from_elsewhere_fits_too() -> None:
    kept = [HASHER.hash(GOOD), loops.run(hash_password(GOOD, EMAIL))]
    assert loops.run(fitting(kept, GOOD, EMAIL)) == set(kept)
    assert loops.run(fitting(kept, GOOD + "x" * 300, EMAIL)) == frozenset()


def test_every_address_has_a_salt_of_its_own() -> None:
    assert salt_of(EMAIL) == salt_of(f" {EMAIL.upper()}")
    assert len({salt_of(f"a{n}@b.example") for n in range(50)}) == 50


def test_a_password_for_once_may_be_typed_as_it_is_read() -> None:
    written = digest_of_one_time("abcd-efgh-jkmn-pqrs")
    for typed in ("ABCD EFGH JKMN PQRS", "abcdefghjkmnpqrs", " abcd-efgh-jkmn-pqrs\n"):
        assert digest_of_one_time(typed) == written
    assert digest_of_one_time("abcd-efgh-jkmn-pqrt") != written


def test_nobodys_hash_takes_as_long_as_anybodys() -> None:
    assert extract_parameters(NOBODYS_HASH) == extract_parameters(HASHER.hash("x"))


def test_the_event_loop_goes_on_while_passwords_are_hashed() -> None:
    assert loops.run(_slowest_turn()) < 0.1


async def _slowest_turn() -> float:
    hashes = [asyncio.ensure_future(verify_password(None, GOOD)) for _ in range(8)]
    slowest = 0.0
    while not all(one.done() for one in hashes):
        began = time.perf_counter()
        await asyncio.wait(hashes, timeout=0.001)
        slowest = max(slowest, time.perf_counter() - began)
    return slowest


def test_more_than_can_wait_are_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "MOST_WAITING", 2)

    async def crowd() -> list[object]:
        asked = [verify_password(None, GOOD) for _ in range(3)]
        return list(await asyncio.gather(*asked, return_exceptions=True))

    refused = [one for one in loops.run(crowd()) if isinstance(one, Problem)]
    assert [(one.status, one.slug) for one in refused] == [(503, "too_busy")]
