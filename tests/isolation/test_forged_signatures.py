"""Whatever verifies a signature is fed five thousand forgeries: none is taken, and none brings it down."""

import base64
import json
import random
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import jwt
import pytest
from starlette.requests import Request

from functions.cli.home import ROOT
from functions.identity import qr_tokens
from functions.notify import whatsapp_inbound, whatsapp_status
from functions.sandbox.callbacks import sign
from functions.shared import tokens
from functions.shared.callers import digest_of_secret
from functions.shared.errors import NotSignedIn, Problem
from functions.shared.settings import Settings
from tests import loops
from tests.functions.server import SECRET

FORGERIES = 5000
ACCOUNT, TWILIO = "AC" + "a" * 32, "twilio's own secret"
URL = "https://stay.example"
SETTINGS = Settings(
    authenticator_url="x",
    service_url="x",
    jwt_secret=SECRET,
    public_url=URL,
    twilio_account_sid=ACCOUNT,
    twilio_auth_token=TWILIO,
)
LONG = b"long enough to be a key of HS256"
ODD = [
    "",
    "\x00",
    "é",
    "\udcff",
    "\ud800",
    "a,b",
    "=" * 4000,
    "nan",
    "-1",
    "null",
    "[]",
    "{}",
    " ",
    "\r\n",
    "%00",
    "١",
]

# Whoever decides over a signature: a module that begins to do so has to be fed here too.
FED = {
    "functions/notify/signatures.py",
    "functions/slack/signatures.py",
    "functions/identity/qr_tokens.py",
    "functions/shared/tokens.py",
}


class Dice:
    """One forger's choices, the same at every run."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (forgeries, the same at every run)
        self.pick = self._random.choice
        self.below = self._random.randrange

    def mutated(self, text: str) -> str:
        """The text with one thing about it different."""
        at = self.below(len(text) + 1)
        letter = chr(33 + self.below(94))
        ways = [
            text[:at] + letter + text[at:],
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at + 1 :],
            text[:at],
            text[at:],
            text + text,
            text.swapcase(),
            text[::-1],
            self.pick(ODD),
            text + self.pick(ODD),
        ]
        return next((way for way in self._random.sample(ways, len(ways)) if way != text), text + "x")

    def bytes(self) -> bytes:
        """Noise."""
        return self._random.randbytes(self.below(400))


class Callback:
    """A callback as Twilio sends it, and what a forger makes of it."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.path = f"/functions/v1/whatsapp-status/{uuid4()}/{uuid4()}"
        self.fields = {
            "AccountSid": ACCOUNT,
            "From": "whatsapp:+12025550180",
            "To": "whatsapp:+12025550101",
            "MessageSid": f"SM{uuid4().hex}",
            "MessageStatus": dice.pick(list(whatsapp_status.STATES)),
        }
        self.signature: str | None = sign(TWILIO, URL + self.path, self.fields)
        self.body = urlencode(self.fields).encode()
        self.query = ""

    def forged(self) -> "Callback":
        """One or two things changed, which the signature does not cover any more."""
        self.dice.pick([self._field, self._signature, self._path, self._body, self._more, self._key])()
        return self

    def _field(self) -> None:
        name = self.dice.pick(list(self.fields))
        changed = {**self.fields, name: self.dice.mutated(self.fields[name])}
        self.body = urlencode(changed, errors="replace").encode()

    def _signature(self) -> None:
        assert self.signature is not None
        self.signature = self.dice.pick([None, self.dice.mutated(self.signature), self.dice.pick(ODD)])

    def _path(self) -> None:
        self.path = self.dice.pick(
            [self.path[:-1], self.path + "0", f"/functions/v1/whatsapp-status/{uuid4()}/{uuid4()}"]
        )

    def _body(self) -> None:
        self.body = self.dice.pick([self.dice.bytes(), self.body[: self.dice.below(len(self.body))], b"\xff"])

    def _more(self) -> None:
        self.body += self.dice.pick([b"&To=whatsapp%3A%2B1", b"&Extra=1", b"&=", b"&" * 70, b"&%zz=%"])

    def _key(self) -> None:
        # never ending in zeros: an HMAC's key has as many of them as one likes
        other = self.dice.mutated(TWILIO).encode("utf-8", "replace").decode() + "!"
        self.signature = sign(other, URL + self.path, self.fields)

    async def answer(self) -> int:
        """The status of the answer of the function itself."""
        headers = [(b"content-type", b"application/x-www-form-urlencoded")]
        if self.signature is not None:
            signature = self.signature.encode("latin-1", "replace")
            headers.append((b"x-twilio-signature", signature))
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": self.path,
            "query_string": self.query.encode(),
            "headers": headers,
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": self.body, "more_body": False}

        try:
            return await self.handled(Request(scope, receive))
        except Problem as problem:
            return problem.status

    async def handled(self, request: Request) -> int:
        """What the function makes of it."""
        tenant, notification = [*self.path.rsplit("/", 2), "", ""][1:3]
        done = await whatsapp_status.whatsapp_status(request, tenant, notification)
        return done.status_code


class Written(Callback):
    """What a guest wrote, as Twilio sends it, with pictures or without."""

    def __init__(self, dice: Dice) -> None:
        super().__init__(dice)
        self.path = "/functions/v1/whatsapp-inbound"
        del self.fields["MessageStatus"]
        words = ["STOP", "¿A qué hora? 🏊", "متى", "x" * 1600, ""]
        self.fields |= {"Body": dice.pick(words), "NumMedia": str(dice.below(3)), "ProfileName": "Ana"}
        for place in range(int(self.fields["NumMedia"])):
            self.fields |= {
                f"MediaUrl{place}": f"https://api.twilio.example/{uuid4()}",
                f"MediaContentType{place}": "image/jpeg",
            }
        self.signature = sign(TWILIO, URL + self.path, self.fields)
        self.body = urlencode(self.fields).encode()

    async def handled(self, request: Request) -> int:
        return (await whatsapp_inbound.whatsapp_inbound(request)).status_code


def answers_to(callbacks: Iterable[Callback]) -> set[int]:
    """The statuses of the function's answers to all of them."""

    async def statuses() -> set[int]:
        return {await callback.answer() for callback in callbacks}

    return loops.run(statuses())


@pytest.fixture
def _accepting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that takes whatever gets past the signature."""

    async def taken(*_: Any) -> bool:
        return True

    for area in (whatsapp_status, whatsapp_inbound):
        monkeypatch.setattr(area, "service_value", taken)
        monkeypatch.setattr(area, "get_settings", lambda: SETTINGS)


@pytest.mark.usefixtures("_accepting")
def test_no_forged_callback_is_taken() -> None:
    assert answers_to(Callback(Dice(seed)).forged() for seed in range(FORGERIES)) == {401}


@pytest.mark.usefixtures("_accepting")
def test_a_genuine_callback_is_taken() -> None:
    assert answers_to(Callback(Dice(seed)) for seed in range(20)) == {204}
    assert answers_to(Written(Dice(seed)) for seed in range(20)) == {200}


@pytest.mark.usefixtures("_accepting")
def test_no_forged_message_is_taken() -> None:
    assert answers_to(Written(Dice(seed)).forged() for seed in range(FORGERIES)) == {401}


def forged_token(genuine: str, claims: dict[str, Any], dice: Dice) -> str:
    """A token that was not signed by us as it stands."""
    head, payload, signature = genuine.split(".")
    ways: list[Callable[[], str]] = [
        lambda: (
            f"{part({**{'alg': 'HS256'}, dice.pick(['alg', 'typ']): dice.pick(ODD)})}.{payload}.{signature}"
        ),
        lambda: f"{head}.{part({**claims, dice.pick(list(claims)): dice.pick(ODD)})}.{signature}",
        lambda: f"{head}.{payload}.{with_a_bit_flipped(signature, dice)}",
        lambda: f"{head}.{payload}.{dice.mutated(signature[:20])}",
        lambda: jwt.encode(claims, dice.mutated(SECRET).encode("utf-8", "replace") + LONG, "HS256"),
        lambda: jwt.encode(claims, "", "none"),
        lambda: jwt.encode(claims, SECRET * 2, dice.pick(["HS384", "HS512"])),
        lambda: f"{part({'alg': 'none'})}.{payload}.",
        lambda: dice.mutated(f"{head}.{payload}."),
        lambda: base64.urlsafe_b64encode(dice.bytes()).decode() + "." + payload,
        lambda: dice.pick(ODD),
    ]
    return dice.pick(ways)()


def with_a_bit_flipped(signature: str, dice: Dice) -> str:
    """Another signature: its last letter has bits that mean nothing, so letters are not what is changed."""
    meant = bytearray(base64.urlsafe_b64decode(signature + "="))
    meant[dice.below(len(meant))] ^= 1 << dice.below(8)
    return base64.urlsafe_b64encode(meant).rstrip(b"=").decode()


def part(value: dict[str, Any]) -> str:
    """One part of a token."""
    text = json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def test_no_forged_access_token_is_taken() -> None:
    session = {"role": "staff", "sub": str(uuid4()), "session_id": str(uuid4()), "tenant_id": str(uuid4())}
    genuine, claims = tokens.mint(SETTINGS, session)
    assert tokens.verify(SETTINGS, genuine) == claims
    for seed in range(FORGERIES):
        with pytest.raises(NotSignedIn):
            tokens.verify(SETTINGS, forged_token(genuine, dict(claims), Dice(seed)))


def test_no_forged_code_is_taken() -> None:
    secret = "s" * 32
    code = {"tenant_id": "t", "guest_id": "g", "room_id": "r", "secret": secret}
    genuine = qr_tokens.sign(SETTINGS, {**code, "expires_at": "2099-01-01T00:00:00+00:00"})
    claims = jwt.decode(genuine, SECRET, algorithms=["HS256"], audience=qr_tokens.AUDIENCE)
    assert qr_tokens.digest_of(SETTINGS, genuine) == digest_of_secret(secret)
    for seed in range(FORGERIES):
        forged = forged_token(genuine, dict(claims), Dice(seed))
        assert qr_tokens.digest_of(SETTINGS, forged) != digest_of_secret(secret), forged


def test_whatever_verifies_a_signature_is_fed() -> None:
    asks = re.compile(r"jwt\.decode|RequestValidator|SignatureVerifier|Webhook\(|hmac\.new")
    verifying = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "functions").rglob("*.py")
        if asks.search(path.read_text("utf-8")) and "sandbox" not in path.parts
    }
    assert verifying == FED
