"""`migrate --url` and `seed --url`, as the guide says: a project is filled by its own `postgres`."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from functions.cli.cluster import Cluster
from functions.cli.home import ROOT
from tests.house import execute
from tests.layout.files import tracked
from tests.stack import run
from tests.supabase.house import shape


@pytest.fixture
def project(cluster: Cluster) -> Iterator[str]:
    """The address of a new project."""
    execute(cluster, "create database project")
    shape(cluster, "project")
    yield cluster.url("project")
    execute(cluster, "drop database project with (force)")


def test_a_project_is_filled_and_filled_again(project: str, tmp_path: Path) -> None:
    for word, said in (("migrate", "migrations and"), ("seed", "seeds are in"), ("migrate", "up to date")):
        done = run(tmp_path, 0, word, "--url", project)
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
    with psycopg.connect(project) as conn:
        counts = conn.execute(
            "select (select count(*) from public.tenants), (select count(*) from app.reference_data),"
            " (select count(*) from pg_proc where proname ~ 'development')"
        ).fetchone()
    assert counts is not None
    assert (counts[0], counts[1] > 20, counts[2]) == (0, True, 0)


def test_a_role_that_rows_are_hidden_from_may_not_migrate(
    project: str, cluster: Cluster, tmp_path: Path
) -> None:
    with psycopg.connect(project, autocommit=True) as conn:
        conn.execute(f"alter role authenticated login password '{cluster.password}'".encode())
    done = run(tmp_path, 0, "migrate", "--url", cluster.url("project", "authenticated"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "bound by row level security" in done.stderr


def test_the_cli_of_supabase_is_told_the_same() -> None:
    told = tomllib.loads((ROOT / "supabase/config.toml").read_text("utf-8"))
    assert told["api"]["schemas"] == ["api"]
    assert told["db"]["major_version"] == 15
    assert not told["db"]["migrations"]["enabled"]
    assert not told["auth"]["enabled"]


def test_nothing_generated_is_kept() -> None:
    kept = {name for name in tracked() if name.startswith("supabase/")}
    assert kept == {"supabase/README.md", "supabase/config.toml"}
