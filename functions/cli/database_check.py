"""What can be found in the catalog, in a fresh cluster that holds both builds."""

from functools import cache

from functions.cli import catalog_lint, function_check
from functions.cli.migrate import migrate
from functions.cli.refusal import Refusal


@cache
def findings() -> dict[str, list[str]]:
    """What is wrong with the functions and with the rest of the catalog, by tool, a line each."""
    try:
        from tests.house import execute, running_cluster
    except ImportError as error:
        raise Refusal(f"The tests are not there ({error}).", "Run this from a clone.") from None
    found: dict[str, set[str]] = {"plpgsql_check": set(), "dblint": set()}
    with running_cluster() as cluster:
        for build in ("development", "production"):
            execute(cluster, f"create database {build}")
            url = cluster.url(build)
            migrate(url, development=build == "development")
            found["plpgsql_check"].update(function_check.findings_in(url))
            found["dblint"].update(catalog_lint.findings_in(url))
    return {tool: sorted(lines) for tool, lines in found.items()}
