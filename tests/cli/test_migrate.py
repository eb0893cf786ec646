"""`staybase migrate`: fresh equals upgraded, nothing stays that has no file, and it gives way to guests."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from functions.cli import migrate as migration
from functions.cli.cluster import BINARIES, Cluster
from functions.cli.home import ROOT
from functions.cli.migrate import migrate
from functions.cli.refusal import Refusal
from tests.house import Database, execute


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of db/ and sql/ that a test may change."""
    for folder in ("db", "sql"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    """An empty database."""
    name = f"empty_{uuid4().hex}"
    execute(cluster, f"create database {name}")
    yield cluster.url(name)
    execute(cluster, f"drop database {name} with (force)")


@pytest.fixture
def built(database: Database) -> str:
    """A database that was built from db/ and sql/ as they are."""
    return database.url


def schema(url: str) -> list[str]:
    """What pg_dump says of the schema, comparable between databases."""
    command = [str(BINARIES / "pg_dump"), "--schema-only", "--dbname", url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return sorted(line for line in text.splitlines() if not line.startswith((r"\restrict", r"\unrestrict")))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_asked_again_it_changes_nothing(built: str, house: Path) -> None:
    before = schema(built)
    assert not migrate(built, development=True, root=house).changed
    assert schema(built) == before


def test_fresh_build_equals_upgraded_database(built: str, url: str, house: Path) -> None:
    write(
        house / "sql/10_tenancy/old_rule.sql",
        "create or replace function app.old_rule() returns int language sql as $$ select 1 $$;",
    )
    write(
        house / "sql/10_tenancy/changing.view.sql",
        "create view api.changing with (security_invoker = true) as select 1 as a, app.old_rule() as b;",
    )
    migrate(built, development=True, root=house)

    (house / "sql/10_tenancy/old_rule.sql").unlink()
    write(
        house / "sql/10_tenancy/changing.view.sql",
        "create or replace view api.changing with (security_invoker = true) as select 'x' as b;",
    )
    last = sorted((house / "db/migrations").glob("V*.sql"))[-1]
    number = int(last.name[1:5]) + 1
    write(house / f"db/migrations/V{number:04}__added.sql", "create table app.added (id int primary key);")
    outcome = migrate(built, development=True, root=house)
    assert "function app.old_rule()" in outcome.swept

    migrate(url, development=True, root=house)
    assert schema(built) == schema(url)


def test_function_whose_signature_changed_leaves_no_twin(built: str, house: Path) -> None:
    rule = house / "sql/00_core/twin.sql"
    write(rule, "create or replace function app.twin(p_a int) returns int language sql as $$ select 1 $$;")
    migrate(built, development=True, root=house)
    write(
        rule,
        "create or replace function app.twin(p_a int, p_b int) returns int language sql as $$ select 1 $$;",
    )
    assert migrate(built, development=True, root=house).swept == ["function app.twin(integer)"]


def test_return_type_that_changed_under_a_view_rebuilds_the_rules(built: str, house: Path) -> None:
    rule = house / "sql/00_core/shape.sql"
    write(
        rule,
        "create or replace function app.shape() returns int language sql stable begin atomic select 1; end;",
    )
    write(
        house / "sql/10_tenancy/shapes.view.sql",
        "create or replace view api.shapes with (security_invoker = true) as select app.shape() as shape;",
    )
    migrate(built, development=True, root=house)
    write(
        rule,
        "create or replace function app.shape() returns text stable begin atomic select text 'x'; end;",
    )
    outcome = migrate(built, development=True, root=house)
    assert outcome.rebuilt
    with psycopg.connect(built) as conn:
        assert conn.execute("select shape from api.shapes").fetchone() == ("x",)


def test_what_nobody_wrote_down_is_swept_from_api(built: str, house: Path) -> None:
    with psycopg.connect(built, autocommit=True) as conn:
        conn.execute("create view api.smuggled as select 1 as a")
        conn.execute("create policy opened on public.properties to guest using (true)")
    swept = migrate(built, development=True, root=house).swept
    assert swept == ["policy opened on public.properties", "view api.smuggled"]


def test_what_was_dropped_by_hand_is_made_again(built: str, house: Path) -> None:
    before = schema(built)
    with psycopg.connect(built, autocommit=True) as conn:
        conn.execute("drop policy tenant_isolation on public.properties")
    assert "sql/10_tenancy/properties.access.sql" in migrate(built, development=True, root=house).files
    assert schema(built) == before


def test_mistake_is_told_with_file_and_line(built: str, house: Path) -> None:
    write(
        house / "sql/10_tenancy/wrong.view.sql",
        "-- a view\ncreate or replace view api.wrong as\nselect nothing_like_it from public.tenants;",
    )
    with pytest.raises(
        Refusal, match=r'sql/10_tenancy/wrong\.view\.sql:3: column "nothing_like_it" does not exist'
    ):
        migrate(built, development=True, root=house)


def test_edited_migration_is_refused(built: str, house: Path) -> None:
    first = sorted((house / "db/migrations").glob("V*.sql"))[0]
    first.write_text(first.read_text() + "\n-- one more thought\n")
    with pytest.raises(Refusal, match="was edited after it had been applied"):
        migrate(built, development=True, root=house)


def test_role_that_row_level_security_binds_is_refused(url: str, cluster: Cluster) -> None:
    execute(cluster, "create role bound_migrator login createrole password 'migrates'")
    with pytest.raises(Refusal, match="bound by row level security"):
        migrate(url.replace(f"postgres:{cluster.password}", "bound_migrator:migrates"))
    execute(cluster, "drop role bound_migrator")


def test_migration_gives_way_to_a_guest_and_comes_back(
    built: str, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = house / "sql/10_tenancy/properties.access.sql"
    access.write_text(access.read_text() + "\n-- touched\n")
    gave_way = threading.Event()

    def report(message: str) -> None:
        if "giving way" in message:
            gave_way.set()

    with psycopg.connect(built) as guest:
        guest.execute("select 1 from public.properties")
        worker = threading.Thread(
            target=migrate, args=(built,), kwargs={"development": True, "report": report, "root": house}
        )
        worker.start()
        assert gave_way.wait(20), "the migration waited for the guest's lock"
        guest.execute("select 1 from public.properties")
        guest.commit()
    worker.join(20)
    assert not worker.is_alive()
    assert not migrate(built, development=True, root=house).changed


def test_migration_that_never_gets_its_locks_says_so(
    built: str, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "PATIENCE", 1.0)
    access = house / "sql/10_tenancy/properties.access.sql"
    access.write_text(access.read_text() + "\n-- touched\n")
    with psycopg.connect(built) as guest:
        guest.execute("select 1 from public.properties")
        with pytest.raises(Refusal, match="stayed busy"):
            migrate(built, development=True, root=house)


def test_production_build_has_the_real_clock_only(url: str) -> None:
    migrate(url, development=False)
    with psycopg.connect(url) as conn:
        body = conn.execute("select pg_get_functiondef('app.now()'::regprocedure)").fetchone()
        assert body is not None
        assert "app.clock" not in body[0]
        assert conn.execute("select count(*) from pg_proc where proname like 'development%'").fetchone() == (
            0,
        )
