"""After a change of the schema: PostgREST's cache is not believed to be fresh, it is asked."""

import http.client
import os
import signal
from collections.abc import Mapping
from urllib.parse import urlsplit

from functions.cli import processes
from functions.cli.home import Home, read_state
from functions.cli.migrate import connect
from functions.cli.refusal import Refusal

EXPOSED = """
select c.relname::text from pg_catalog.pg_class c
where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
union all
select distinct 'rpc/' || p.proname from pg_catalog.pg_proc p where p.pronamespace = 'api'::regnamespace
order by 1
"""


def wait_until_seen(settings: Mapping[str, str]) -> None:
    """Wait until a running PostgREST knows all of `api`; wake it by signal when its listener sleeps."""
    state = read_state(Home.here())
    part = state.parts.get("postgrest") if state is not None and state.is_alive else None
    if part is None or not part.pid:
        return
    with connect(settings["STAYBASE_OWNER_URL"]) as conn:
        names = [str(row[0]) for row in conn.execute(EXPOSED).fetchall()]
    address = settings["STAYBASE_POSTGREST_URL"]
    if processes.wait_until(lambda: knows_all(address, names), 5, 0.2):
        return
    os.kill(part.pid, signal.SIGUSR1)
    if not processes.wait_until(lambda: knows_all(address, names), 10, 0.2):
        raise Refusal(
            "PostgREST does not see the new schema.", "Start it again: ./staybase down && ./staybase up"
        )


def knows_all(address: str, names: list[str]) -> bool:
    """Whether PostgREST finds each name of `api`, which OPTIONS tells without touching a row."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=5)
    try:
        for name in names:
            connection.request("OPTIONS", f"/{name}")
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 400:
                return False
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
