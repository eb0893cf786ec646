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

# Views, and functions with the parameters they insist on: PostgREST tells them apart by these names.
EXPOSED = """
select c.relname::text from pg_catalog.pg_class c
where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
union all
select 'rpc/' || p.proname || coalesce((
  select '?' || string_agg(a.name || '=', '&' order by a.place)
  from unnest(p.proargnames) with ordinality as a (name, place)
  where a.place <= p.pronargs - p.pronargdefaults
), '')
from pg_catalog.pg_proc p where p.pronamespace = 'api'::regnamespace and p.prokind = 'f'
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
    """Whether PostgREST finds each name of `api`.

    OPTIONS tells it of a view. A function is called as nobody in particular, read-only and without values:
    whatever it answers, PostgREST's own "not in the schema cache" is the one answer that means no.
    """
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=5)
    try:
        for name in names:
            is_function = name.startswith("rpc/")
            connection.request("GET" if is_function else "OPTIONS", f"/{name}")
            answer = connection.getresponse()
            said = answer.read()
            if answer.status == 404 and (b'"PGRST202"' in said or not is_function):
                return False
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
