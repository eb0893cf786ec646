"""V0012 on a house at work: what the log already says about guests is hidden, and can be read."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from functions.cli.cluster import Cluster
from functions.cli.home import ROOT
from functions.cli.migrate import migrate
from tests.house import execute

BEFORE = """
with t as (insert into public.tenants (slug, hotel_name) values ('old-house', 'Old House') returning id),
g as (insert into public.guests (tenant_id, first_name, last_name) select id, 'Ada', 'Byron' from t
      returning tenant_id, id)
insert into public.audit_log (tenant_id, table_name, row_key, operation, new_values, db_role, actor_name)
select g.tenant_id, 'public.guests', jsonb_build_object('tenant_id', g.tenant_id, 'id', g.id), 'INSERT',
       '{"last_name": "Byron", "email": null, "language": "en"}'::jsonb, 'guest', 'Ada Byron' from g
union all
select g.tenant_id, 'public.rooms', '{}', 'INSERT', '{"address": "kept"}', 'staff', 'Mohsin' from g
"""
READABLE = """
select app.set_caller(tenant_id, p_permissions => '{hotel:guests:read}'),
       app.show_personal(table_name, guest_id, new_values)
from public.audit_log where table_name = 'public.guests'
"""


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    """An empty database."""
    name = f"upgraded_{uuid4().hex}"
    execute(cluster, f"create database {name}")
    yield cluster.url(name)
    execute(cluster, f"drop database {name} with (force)")


def test_what_the_log_said_before_is_hidden(url: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "db", tmp_path / "db")
    (tmp_path / "sql").mkdir()
    for later in sorted((tmp_path / "db/migrations").glob("V*.sql")):
        if later.name >= "V0012":
            later.unlink()
    migrate(url, development=True, root=tmp_path)
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(BEFORE)
        migrate(url, development=True)
        said = conn.execute("select string_agg(to_jsonb(a)::text, '') from public.audit_log as a").fetchone()
        assert said is not None
        assert ("Byron" in said[0], "kept" in said[0], "Mohsin" in said[0]) == (False, True, True)
        read = conn.execute(READABLE).fetchone()
        assert read is not None
        assert read[1] == {"last_name": "Byron", "email": None, "language": "en"}
