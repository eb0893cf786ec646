"""token_is_plain: no other key is named, and no claim is said twice."""

import base64

import pytest

from tests.world import World

HEAD = '{"alg":"HS256","typ":"JWT"}'
CLAIMS = '{"role":"guest","sub":"añb"}'


def header(*parts: str) -> str:
    return "Bearer " + ".".join(base64.urlsafe_b64encode(p.encode()).rstrip(b"=").decode() for p in parts)


def is_plain(world: World, authorization: str) -> bool:
    return bool(world.value("select app.token_is_plain(%s)", authorization))


@pytest.mark.parametrize("claims", [CLAIMS, "{}", '{"a":{"role":1},"role":"guest"}', '{"aud":["a","b"]}'])
def test_a_token_of_ours_is(undone: World, claims: str) -> None:
    assert is_plain(undone, header(HEAD, claims, "signature"))


@pytest.mark.parametrize(
    ("head", "claims"),
    [
        ('{"alg":"HS256","kid":"theirs"}', CLAIMS),
        ('{"alg":"HS256","kid":null}', CLAIMS),
        (HEAD, '{"role":"guest","role":"admin"}'),
        (HEAD, '{"role":"guest","role":"guest"}'),
        (HEAD, "not json"),
        (HEAD, "[]"),
    ],
)
def test_one_that_can_be_read_in_two_ways_is_not(undone: World, head: str, claims: str) -> None:
    assert not is_plain(undone, header(head, claims, "signature"))


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer x", "Bearer é.é", "Basic eDp5", "Bearer a.b.c"]
)
def test_what_is_no_token_is_not(undone: World, authorization: str) -> None:
    assert not is_plain(undone, authorization)


@pytest.mark.parametrize("text", ["", "a", "ab", "abc", "abcd", "añ", '{"x":"?>~"}'])
def test_text_of_base64url_adds_what_was_left_out(undone: World, text: str) -> None:
    part = base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
    assert undone.value("select app.text_of_base64url(%s)", part) == text
