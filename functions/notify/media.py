"""Files that guests send: fetched from the provider, held to size and type, kept; and removed when forgotten.

In a thread of its own, so that a slow download holds up no message. Only the provider is asked, with our
credentials; where it leads on to is asked without them. What a file is, its first bytes say: never its
sender.
"""

import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import httpx2
import psycopg
from psycopg.rows import class_row

from functions.notify.settings import WorkerSettings
from functions.shared.files import Files
from functions.shared.logs import get_log

MOST: Final = 4
LARGEST: Final = 16 * 1024 * 1024
PATIENCE: Final = 20.0
MOST_REDIRECTS: Final = 3
TWILIO: Final = "https://api.twilio.com"
TWILIOS_OWN: Final = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")
CLAIM: Final = "select c.* from app.claim_attachments(%s) as c"
SETTLE: Final = "select app.settle_attachment(%s::uuid, %s::uuid, %s, %s, %s, %s)"
TYPES: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claimed attachment."""

    tenant_id: UUID
    id: UUID
    source_url: str | None
    content_type: str | None
    is_forgotten: bool


class Refused(Exception):
    """Why a file is not kept, for good: `too_large`, `type_not_taken`, `not_found`, `not_the_providers`."""


class NotReached(Exception):
    """Nobody answered, or said to come back; it is asked for again later."""


class Media:
    """Fetches what is due; one round at a time."""

    def __init__(self, settings: WorkerSettings, files: Files) -> None:
        self._settings = settings
        self._files = files
        self._round: threading.Thread | None = None

    def run_if_free(self) -> None:
        """Starts a round unless one is under way."""
        if self._round is None or not self._round.is_alive():
            self._round = threading.Thread(target=self._go_round, daemon=True)
            self._round.start()

    def _go_round(self) -> None:
        try:
            with psycopg.connect(
                self._settings.service_url, autocommit=True, application_name="staybase media"
            ) as connection:
                self.work(connection)
        except (psycopg.Error, OSError) as error:
            get_log().warning("media_round_failed", error=type(error).__name__)

    def work(self, connection: "psycopg.Connection[tuple[object, ...]]") -> int:
        """Fetches or removes what is due until nothing is; how many there were."""
        count = 0
        while wanted := connection.cursor(row_factory=class_row(Wanted)).execute(CLAIM, (MOST,)).fetchall():
            for each in wanted:
                count += 1
                self._see_to(connection, each)
        return count

    def _see_to(self, connection: "psycopg.Connection[tuple[object, ...]]", wanted: Wanted) -> None:
        """One file. What goes wrong with it, such as a full disk, holds up no other."""
        try:
            self._settle(connection, wanted)
        except psycopg.Error:
            raise
        except Exception as error:
            get_log().error("media_not_kept", error=type(error).__name__)

    def _settle(self, connection: "psycopg.Connection[tuple[object, ...]]", wanted: Wanted) -> None:
        row = (wanted.tenant_id, wanted.id)
        if wanted.is_forgotten:
            self._files.remove(*row)
            connection.execute(SETTLE, (*row, "gone", None, None, None))
            return
        try:
            content = self.fetch(wanted.source_url or "")
            kind = kind_of(content)
            self._files.put(*row, content)
            connection.execute(SETTLE, (*row, "kept", kind, len(content), None))
        except Refused as refused:
            connection.execute(SETTLE, (*row, "refused", None, None, str(refused)))
        except NotReached as error:
            get_log().info("media_not_reached", error=str(error))

    def fetch(self, url: str) -> bytes:
        """The bytes behind one of the provider's addresses. Raises Refused or NotReached."""
        own = urlsplit(self._settings.twilio_api_url or TWILIO)
        auth: httpx2.BasicAuth | None = httpx2.BasicAuth(
            self._settings.twilio_account_sid, self._settings.twilio_auth_token
        )
        asked = urlsplit(url)
        if (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
            raise Refused("not_the_providers")
        try:
            with httpx2.Client(timeout=PATIENCE, trust_env=False) as client:
                for _ in range(MOST_REDIRECTS + 1):
                    with client.stream("GET", url, auth=auth) as answer:
                        if not answer.is_redirect:
                            return read(answer)
                        url = urljoin(url, answer.headers.get("location", ""))
                    if not is_the_providers(url, own.netloc):
                        raise Refused("not_the_providers")
                    auth = None if urlsplit(url).netloc != own.netloc else auth
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise NotReached(type(error).__name__) from None
        raise Refused("not_found")


def is_the_providers(url: str, own: str) -> bool:
    """Whether a redirect leads to where Twilio keeps its files."""
    there = urlsplit(url)
    return there.netloc == own or (
        there.scheme == "https" and (there.hostname or "").endswith(TWILIOS_OWN) and there.port in (None, 443)
    )


def read(answer: httpx2.Response) -> bytes:
    """The body, as long as it stays within bounds."""
    if answer.status_code in (403, 404, 410):
        raise Refused("not_found")
    if answer.status_code != 200:
        raise NotReached(f"HTTP {answer.status_code}")
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > LARGEST:
            raise Refused("too_large")
    return bytes(content)


def kind_of(content: bytes) -> str:
    """The media type that the first bytes tell. Raises Refused for what nobody here opens."""
    for at, mark, kind in TYPES:
        if content[at : at + len(mark)] == mark:
            return kind
    raise Refused("type_not_taken")
