"""audited_tables: which tables the audit log follows."""

import pytest

from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, Refused, World

LIST = "select table_name from api.audited_tables()"


def test_it_names_what_carries_the_trigger(undone: World) -> None:
    carried = {
        name
        for (name,) in undone.rows(
            "select n.nspname || '.' || c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
            " join pg_namespace n on n.oid = c.relnamespace where t.tgname = 'record_change'"
        )
    }
    with undone.member(MANAGER):
        listed = [name for (name,) in undone.rows(LIST)]
    assert set(listed) == carried
    assert {"public.bookings", "portal.requests", "public.tenants"} <= carried
    assert listed == sorted(listed)


@pytest.mark.parametrize("email", [RECEPTION, HOUSEKEEPER])
def test_who_may_not_read_the_log_may_not_ask(undone: World, email: str) -> None:
    with pytest.raises(Refused) as refused, undone.member(email):
        undone.rows(LIST)
    assert (refused.value.slug, refused.value.code) == ("permission_missing", "PT403")
