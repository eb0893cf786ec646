"""token_is_plain: the head that ours have, and no claim said twice."""

import base64
import json

import jwt
import pytest

from tests.world import World

HEAD = '{"alg":"HS256","typ":"JWT"}'
CLAIMS = '{"role":"guest","sub":"b"}'


def header(*parts: str) -> str:
    return "Bearer " + ".".join(base64.urlsafe_b64encode(p.encode()).rstrip(b"=").decode() for p in parts)


def is_plain(world: World, authorization: str, claims: str = CLAIMS) -> bool:
    return bool(world.value("select app.token_is_plain(%s, %s)", authorization, claims))


@pytest.mark.parametrize("sub", ["", "b", "bc", "bcd"])
def test_a_token_of_ours_is(undone: World, sub: str) -> None:
    claims = {"role": "guest", "sub": sub, "exp": 1_790_000_000}
    token = jwt.encode(claims, "a secret that is longer than thirty-two bytes", algorithm="HS256")
    assert is_plain(undone, f"Bearer {token}", json.dumps(claims, separators=(",", ":")))


@pytest.mark.parametrize(
    ("head", "claims"),
    [
        ('{"alg":"HS256","kid":"theirs"}', CLAIMS),
        ('{"alg":"HS256","kid":null}', CLAIMS),
        ('{"typ":"JWT","alg":"HS256"}', CLAIMS),
        (HEAD, '{"role":"guest","role":"admin","sub":"b"}'),
        (HEAD, '{"role":"guest","role":"guest","sub":"b"}'),
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
