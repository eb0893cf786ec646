"""The log and its seals are append-only for everyone: no role has the right, and triggers stop the owner."""

import pytest

from tests.world import Refused, World

CHANGES = ["update {} set tenant_id = tenant_id", "delete from {}", "truncate {} cascade"]
TABLES = ["public.audit_log", "public.audit_seals"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_not_even_the_owner_changes_what_is_written(undone: World, table: str, change: str) -> None:
    undone.value("select app.seal_audit()")
    with pytest.raises(Refused) as refused, undone.owner():
        undone.conn.execute(change.format(table).encode())
    assert (refused.value.slug, refused.value.code) == ("audit_is_append_only", "PT409")


@pytest.mark.parametrize("table", [*TABLES, "app.audit_heads"])
@pytest.mark.parametrize(
    "role", ["anon", "guest", "staff", "admin", "kiosk", "platform", "engine", "service", "resolver"]
)
def test_nobody_but_the_auditor_writes(undone: World, table: str, role: str) -> None:
    for right in ("insert", "update", "delete", "truncate"):
        assert not undone.value("select has_table_privilege(%s, %s, %s)", role, table, right)


@pytest.mark.parametrize("table", TABLES)
def test_the_auditor_adds_and_nothing_else(undone: World, table: str) -> None:
    held = {
        right
        for right in ("select", "insert", "update", "delete", "truncate")
        if undone.value("select has_table_privilege('auditor', %s, %s)", table, right)
    }
    assert held == {"select", "insert"}


@pytest.mark.parametrize("function", ["seal_audit()", "begin_audit_epoch()"])
@pytest.mark.parametrize("role", ["anon", "guest", "staff", "admin", "kiosk", "platform", "engine"])
def test_only_the_clockwork_seals(undone: World, function: str, role: str) -> None:
    assert not undone.value("select has_function_privilege(%s, %s, 'execute')", role, f"app.{function}")
