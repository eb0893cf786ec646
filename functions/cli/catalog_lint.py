"""dblint, the linter of catalogs, over a migrated database: what it finds, less what is meant so."""

import json
import subprocess

import psycopg

from functions.cli.home import ROOT
from functions.cli.refusal import Refusal

PROGRAM = ROOT / "node_modules/@postgres-language-server/cli-x86_64-linux-gnu/postgres-language-server"

# It says nothing unless these roles exist and it is told what is exposed: so it is told that everything is.
SEEING = """
do $$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = v_role) then
      execute format('create role %I nologin', v_role);
    end if;
  end loop;
  execute format('alter database %I set pgrst.db_schemas = %L', current_database(), (
    select string_agg(nspname, ', ') from pg_catalog.pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'extensions', 'cron', 'pgmigrate')));
end
$$
"""
# Bodies that are bound when they are made look nothing up by name later; two helpers inline without a path.
BOUND = """
select n.nspname || '.' || p.proname from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
where p.prosqlbody is not null or n.nspname || '.' || p.proname in ('app.new_id', 'app.notification_rank')
"""

NOT_ASKED = {
    "unusedIndex": "a fresh database has used no index",
    "unindexedForeignKeys": "what is pointed at is never deleted, and each key leads with the tenant",
}
MEANT = {
    "multiplePermissivePolicies: Table `identity.users`": "members, and platform users beside them",
    "multiplePermissivePolicies: Table `portal.catalog_items`": "who may write the catalogue may read it too",
}


def findings_in(url: str) -> list[str]:
    """Each finding as `rule: sentence`."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(SEEING)
        bound = {str(row[0]) for row in conn.execute(BOUND).fetchall()}
    return [
        finding
        for finding in said_of(url)
        if finding.partition(":")[0] not in NOT_ASKED
        and not any(finding.startswith(meant) for meant in MEANT)
        and not (finding.startswith("functionSearchPathMutable: ") and finding.split("`")[1] in bound)
    ]


def said_of(url: str) -> list[str]:
    """Everything that the linter says of a database."""
    if not PROGRAM.exists():
        raise Refusal(
            "The catalog's linter is not installed.", "Install the locked npm packages: ./staybase up"
        )
    words = [
        str(PROGRAM),
        "dblint",
        f"--connection-string={url}",
        "--max-diagnostics=none",
        "--reporter=json",
    ]
    done = subprocess.run(words, cwd="/", capture_output=True, text=True, check=False)
    try:
        told = json.loads(done.stdout)["diagnostics"]
    except (ValueError, KeyError):
        raise Refusal("The catalog's linter did not answer.", done.stderr.strip()[-300:]) from None
    return sorted(
        f"{one['category'].rpartition('/')[2]}: {one['message']}".replace("\\`", "`") for one in told
    )
