"""What belongs to each hotel: every row of every table, to be hashed, and every word, to be recognised."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tests.isolation.catalog import Connection

OWNED = """
select c.relnamespace::regnamespace::text || '.' || c.relname,
       exists (select from pg_attribute as a
               where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
from pg_class as c
where c.relkind in ('r', 'p') and not c.relispartition
  and c.relnamespace::regnamespace::text !~ '^pg_'
  and c.relnamespace::regnamespace::text not in ('information_schema', 'extensions', 'cron', 'pgmigrate')
order by 1
"""
# Of tables without tenant_id, these rows are a hotel's own all the same.
THROUGH = {
    "public.tenants": "t.id = %(tenant)s",
    "identity.users": "exists (select from identity.memberships as m"
    " where m.user_id = t.id and m.tenant_id = %(tenant)s)",
}
# The platform's people see which hotels there are, and how their kiosks are: nothing of a guest.
TOLD_TO_THE_PLATFORM = ("public.tenants", "kiosk.kiosks")
# Words of the house's own text mean nothing: states, slugs, kinds.
VOCABULARY = """
select prosrc from pg_proc where pronamespace::regnamespace::text in ('app', 'api', 'hook')
union all select pg_get_constraintdef(oid) from pg_constraint where contype = 'c' and conrelid <> 0
union all select pg_get_viewdef(oid) from pg_class where relkind = 'v' and relnamespace = 'api'::regnamespace
union all select data::text from app.reference_data
union all select description from pg_description
union all select oid::regclass::text from pg_class where relkind in ('r', 'p', 'v')
"""
# What a transaction counts, it counts on when it takes something back.
WRITTEN = """
select schemaname || '.' || relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables
"""
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
WORD = re.compile(r"[\w@+#-][\w@+#.:/-]*[\w@+#-]")
SHORTEST_WORD = 5
# Hotels in different zones are a day apart for some hours: a bare date may be anybody's.
DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Holdings:
    """The tables of a database, seen hotel by hotel."""

    def __init__(self, conn: Connection, tenants: Mapping[str, str]) -> None:
        self._conn = conn
        self._owned: dict[str, str] = {}
        shared = []
        for table, has_tenant in conn.execute(OWNED).fetchall():
            if has_tenant:
                self._owned[table] = "t.tenant_id = %(tenant)s"
            elif table in THROUGH:
                self._owned[table] = THROUGH[table]
            else:
                shared.append(table)
        common = {word for table in shared for word in self._words_of(table, "true", {})}
        common.update(words_in([row[0] for row in conn.execute(VOCABULARY).fetchall()]))
        words = {slug: self._words(tenant) for slug, tenant in tenants.items()}
        self.own_words = {
            slug: {word for word in found if len(word) >= SHORTEST_WORD and not DATE.fullmatch(word)}
            - common
            - {word for other, theirs in words.items() if other != slug for word in theirs}
            for slug, found in words.items()
        }
        self.known_to_the_platform = {
            word for table in TOLD_TO_THE_PLATFORM for word in self._words_of(table, "true", {})
        }
        self._counted = self._counts()

    def fingerprints(self, tenant: str, tables: Collection[str] | None = None) -> dict[str, str]:
        """A hash for each table over the hotel's rows, and who wrote them last."""
        query = " union all ".join(
            f"(select '{table}', md5(string_agg(md5(t::text || t.xmin::text), '' order by md5(t::text)))"
            f" from {table} as t where {self._owned[table]})"
            for table in (self._owned if tables is None else tables)
        )
        return dict(self._conn.execute(query.encode(), {"tenant": tenant}).fetchall()) if query else {}

    def touched(self) -> set[str]:
        """Tables that anyone wrote to since this was asked last, taken back or not."""
        before, self._counted = self._counted, self._counts()
        return {table for table, written in self._counted.items() if before.get(table) != written}

    def _counts(self) -> dict[str, int]:
        found: dict[str, int] = dict(self._conn.execute(WRITTEN).fetchall())
        return {table: written for table, written in found.items() if table in self._owned}

    def strange_words(self, slug: str, told: Any) -> set[str]:
        """Words of another hotel in what was told."""
        return {word for word in words_in(told) if word in self.own_words[slug]}

    def a_row(self, table: str, tenant: str) -> dict[str, Any] | None:
        """One row of the hotel's in that table; none for lists."""
        where = self._owned.get(table if "." in table else f"public.{table}")
        if where is None:
            return None
        row = self._conn.execute(
            f"select to_jsonb(t) from {table} as t where {where} limit 1".encode(), {"tenant": tenant}
        ).fetchone()
        return row[0] if row else None

    def written_since(
        self, tenant: str, transaction: int, tables: Collection[str]
    ) -> list[tuple[str, dict[str, Any]]]:
        """The hotel's rows in these tables that were written by this transaction."""
        query = " union all ".join(
            f"(select '{table}', to_jsonb(t) from {table} as t"
            f" where {self._owned[table]} and t.xmin::text::bigint >= %(since)s)"
            for table in tables
        )
        given = {"tenant": tenant, "since": transaction}
        return self._conn.execute(query.encode(), given).fetchall() if query else []

    def _words(self, tenant: str) -> set[str]:
        return {
            word
            for table, where in self._owned.items()
            for word in self._words_of(table, where, {"tenant": tenant})
        }

    def _words_of(self, table: str, where: str, values: Mapping[str, str]) -> set[str]:
        query = f"select to_jsonb(t) from {table} as t where {where}".encode()
        return set(words_in([row[0] for row in self._conn.execute(query, values).fetchall()]))


def words_in(told: Any) -> Iterator[str]:
    """Every text in a JSON value, each word and id within it, and every key that is an id."""
    if isinstance(told, str):
        yield told
        yield from WORD.findall(told)
        yield from UUID.findall(told)
        if told[:1] in ("{", "[") and told[-1:] in ("}", "]"):
            try:
                yield from words_in(json.loads(told))
            except ValueError:
                return
    elif isinstance(told, dict):
        for name, value in told.items():
            yield from UUID.findall(name)
            yield from words_in(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from words_in(value)
