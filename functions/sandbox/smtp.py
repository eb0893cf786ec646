"""A mail server on loopback: as strict as a real one, and it keeps what it took instead of passing it on.

One task a connection. Refusals carry the enhanced status codes that real servers send; an address at the
domain `invalid`, which is nobody's for ever, does not exist, and neither does anybody called `nobody`.
"""

import asyncio
import base64
import binascii
import re
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress

from functions.sandbox.call import CallerIsGone
from functions.sandbox.credentials import Credentials
from functions.sandbox.mail import NotAMail, kept
from functions.sandbox.messages import Messages
from functions.sandbox.switches import Dropped, Subject, Switch, Switchboard

HOST = "127.0.0.1"
LARGEST = 10_000_000
LONGEST_LINE = 998
PATH = re.compile(r"<([^<>\s@]{1,64}@[A-Za-z0-9.-]{1,253})>(?:\s.*)?", re.IGNORECASE)
GREETING = "220 sandbox.invalid ESMTP"
OFFERED = ("250-sandbox.invalid", f"250-SIZE {LARGEST}", "250-8BITMIME", "250 AUTH PLAIN LOGIN")
GREYLISTED = "451 4.7.1 Greylisted, try again later"
REFUSED = "550 5.7.1 Message refused"


class MailServer:
    """Accepts mail on a free port, or the one that is named."""

    def __init__(self, credentials: Credentials, messages: Messages, switchboard: Switchboard) -> None:
        self.credentials = credentials
        self.messages = messages
        self.switchboard = switchboard
        self._server: asyncio.Server | None = None
        self._sessions: set[asyncio.StreamWriter] = set()

    async def start(self, port: int) -> None:
        self._server = await asyncio.start_server(self._serve, HOST, port, limit=LARGEST)

    @property
    def port(self) -> int:
        """Where it listens; 0 while it does not."""
        return int(self._server.sockets[0].getsockname()[1]) if self._server else 0

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            for writer in self._sessions:
                writer.transport.abort()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._sessions.add(writer)
        try:
            await Session(self, reader, writer).run()
        except (
            Dropped,
            CallerIsGone,
            ConnectionError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
        ):
            writer.transport.abort()
        finally:
            self._sessions.discard(writer)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


class Session:
    """One client: login, then mail after mail."""

    def __init__(
        self, server: MailServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._is_known = False
        self._sender = ""
        self._recipients: list[str] = []
        self._commands: dict[str, Callable[[str], Awaitable[str]]] = {
            "EHLO": self._ehlo,
            "HELO": self._helo,
            "AUTH": self._auth,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "RSET": self._rset,
            "NOOP": self._noop,
        }

    async def run(self) -> None:
        await self._say(GREETING)
        while True:
            verb, _, rest = (await self._line()).partition(" ")
            if verb.upper() == "QUIT":
                await self._say("221 2.0.0 Bye")
                return
            command = self._commands.get(verb.upper())
            await self._say(await command(rest.strip()) if command else "502 5.5.2 Command not recognised")

    async def held_until(self, released: asyncio.Event) -> None:
        """Waits for the release, or raises when the client, who has nothing to say now, goes away."""
        waiting = asyncio.ensure_future(released.wait())
        leaving = asyncio.ensure_future(self._reader.read(1))
        try:
            await asyncio.wait((waiting, leaving), return_when=asyncio.FIRST_COMPLETED)
            if leaving.done():
                raise CallerIsGone
        finally:
            waiting.cancel()
            leaving.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await leaving

    async def _say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self._writer.drain()

    async def _line(self) -> str:
        return (await self._reader.readuntil(b"\r\n"))[:-2].decode("utf-8", "replace")

    async def _ehlo(self, rest: str) -> str:
        return "\r\n".join(OFFERED) if rest else "501 5.5.4 Say who you are"

    async def _helo(self, rest: str) -> str:
        return "250 sandbox.invalid" if rest else "501 5.5.4 Say who you are"

    async def _noop(self, rest: str) -> str:
        return "250 2.0.0 Ok"

    async def _rset(self, rest: str) -> str:
        self._sender, self._recipients = "", []
        return "250 2.0.0 Ok"

    async def _auth(self, rest: str) -> str:
        way, _, given = rest.partition(" ")
        try:
            if way.upper() == "PLAIN":
                _, user, password = decoded(given or await self._asked("")).split("\0")
            elif way.upper() == "LOGIN":
                user = decoded(given or await self._asked("VXNlcm5hbWU6"))
                password = decoded(await self._asked("UGFzc3dvcmQ6"))
            else:
                return "504 5.5.4 Unrecognised authentication type"
        except ValueError:
            return "501 5.5.2 Cannot decode the answer"
        expected = self._server.credentials
        self._is_known = secrets.compare_digest(
            f"{user}\0{password}".encode(), f"{expected.mail_user}\0{expected.mail_password}".encode()
        )
        return "235 2.7.0 Authentication successful" if self._is_known else "535 5.7.8 Authentication failed"

    async def _asked(self, challenge: str) -> str:
        await self._say(f"334 {challenge}")
        return await self._line()

    async def _mail(self, rest: str) -> str:
        if not self._is_known:
            return "530 5.7.0 Authentication required"
        address = address_in(rest, "FROM:")
        if address is None:
            return "501 5.1.7 Bad sender address syntax"
        self._sender, self._recipients = address, []
        return "250 2.1.0 Ok"

    async def _rcpt(self, rest: str) -> str:
        if not self._sender:
            return "503 5.5.1 Need MAIL before RCPT"
        address = address_in(rest, "TO:")
        if address is None:
            return "501 5.1.3 Bad recipient address syntax"
        switch = self._server.switchboard.take(self._subject(address), "door")
        if switch is not None:
            return refusal(switch)
        name, _, domain = address.lower().rpartition("@")
        if domain == "invalid" or domain.endswith(".invalid"):
            return "550 5.1.2 Recipient address rejected: domain not found"
        if name == "nobody":
            return "550 5.1.1 Recipient address rejected: user unknown"
        self._recipients.append(address)
        return "250 2.1.5 Ok"

    async def _data(self, rest: str) -> str:
        if not self._recipients:
            return "503 5.5.1 Need RCPT before DATA"
        await self._say("354 End data with <CR><LF>.<CR><LF>")
        lines: list[bytes] = []
        size, is_wrong = 0, False
        while (line := await self._reader.readuntil(b"\r\n")) != b".\r\n":
            size += len(line)
            is_wrong |= len(line) > LONGEST_LINE + 2 or b"\n" in line[:-2]
            if size <= LARGEST:
                lines.append(line.removeprefix(b"."))
        if size > LARGEST:
            return "552 5.3.4 Message too big"
        if is_wrong:
            return "550 5.6.0 Lines are too long or not ended by CRLF"
        try:
            return await self._taken(b"".join(lines))
        except NotAMail as wrong:
            return f"550 5.6.0 {wrong}"

    async def _taken(self, content: bytes) -> str:
        mail, files = kept(content, self._sender, self._recipients[0])
        subject = self._subject(self._recipients[0], mail.notification_id)
        board = self._server.switchboard
        await board.pass_point(self, subject, "before_accept")
        self._server.messages.add(mail, files)
        subject.provider_id = mail.provider_id
        await board.pass_point(self, subject, "after_accept")
        self._sender, self._recipients = "", []
        return f"250 2.0.0 Ok: queued as {secrets.token_hex(6).upper()}"

    def _subject(self, address: str, notification_id: str | None = None) -> Subject:
        return Subject("smtp", "create", frozenset((address.lower(),)), address.lower(), notification_id)


def refusal(switch: Switch) -> str:
    """What a switch at the door answers: greylisting, or the code that it names."""
    if switch.action == "throttle":
        return GREYLISTED
    return f"{switch.code} Refused" if re.fullmatch(r"[45]\d\d", switch.code or "") else REFUSED


def address_in(rest: str, word: str) -> str | None:
    """The address of `FROM:<…>` or `TO:<…>`; None where there is none that is one."""
    if not rest.upper().startswith(word):
        return None
    found = PATH.fullmatch(rest[len(word) :].strip())
    return found[1] if found else None


def decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError(text) from error
