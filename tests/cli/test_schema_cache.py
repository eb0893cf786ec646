"""PostgREST's schema cache is asked, not believed: what nobody told it about it still learns."""

from collections.abc import Iterator

import pytest

from functions.cli.schema_cache import knows_all, wait_until_seen
from tests.stack import Stack


@pytest.fixture
def untold(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A view and a function that came without a word to PostgREST, as when its listener has stopped."""
    monkeypatch.setenv("STAYBASE_HOME", str(stack.home.folder))
    with stack.connect() as conn:
        conn.execute("create view api.untold with (security_invoker = true) as select 1 as a")
        conn.execute("grant select on api.untold to anon")
        conn.execute("create function api.tell(p_what text) returns text language sql as $$ select p_what $$")
        yield ["untold", "rpc/tell?p_what="]
        conn.execute("drop view api.untold")
        conn.execute("drop function api.tell(text)")
        conn.execute("notify pgrst, 'reload schema'")


def test_data_api_that_was_not_told_is_woken(stack: Stack, untold: list[str]) -> None:
    address = stack.settings["STAYBASE_POSTGREST_URL"]
    assert [name for name in untold if knows_all(address, [name])] == []
    wait_until_seen(stack.settings)
    assert knows_all(address, untold)
