"""Statements that take whatever they can reach of a list."""

from tests.isolation.catalog import Rows


def statement(rows: Rows, operation: str) -> str:
    """What takes whatever it can reach; where there is no right, the plainest attempt."""
    if operation == "read":
        told = " || ".join(f"jsonb_build_object({one})" for one in pairs(rows.readable or rows.columns[:1]))
        return f"select {told} from {rows.name} as t"
    if operation == "insert":
        return insertion(rows, "{0}") if rows.insertable else f"insert into {rows.name} default values"
    if operation == "update":
        changes = ", ".join(f"{one} = {one}" for one in rows.changeable or rows.columns[:1])
        return f"update {rows.name} set {changes}"
    return f"delete from {rows.name}"


def insertion(rows: Rows, source: str) -> str:
    """An insert of what there is already."""
    columns = ", ".join(rows.insertable)
    return (
        f"insert into {rows.name} ({columns}) select {columns} from {source.format(rows.name)} as t"
        " on conflict do nothing"
    )


def pairs(names: tuple[str, ...]) -> list[str]:
    """Pairs for jsonb_build_object, which takes no more than a hundred arguments."""
    return [
        ", ".join(f"'{name}', t.{name}" for name in names[start : start + 45])
        for start in range(0, len(names), 45)
    ]
