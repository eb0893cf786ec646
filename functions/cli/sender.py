"""`sender`: what a hotel writes from. Whoever has the machine has the provider's account, and decides."""

from collections.abc import Mapping

import psycopg

from functions.cli.migrate import connect
from functions.cli.refusal import Refusal


def set_sender(settings: Mapping[str, str], tenant: str, channel: str, address: str) -> str:
    """Keeps it, and answers it as it is kept."""
    with connect(settings["STAYBASE_OWNER_URL"]) as conn:
        try:
            row = conn.execute("select app.set_sender(%s, %s, %s)", (tenant, channel, address)).fetchone()
        except psycopg.Error as error:
            raise Refusal(error.diag.message_primary or str(error), error.diag.message_hint or "") from None
    assert row is not None
    return str(row[0])
