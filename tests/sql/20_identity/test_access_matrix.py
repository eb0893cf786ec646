"""access_matrix: which role may call which command and read which list; and what each role is for."""

from typing import Any

import pytest

from functions.cli.seed import reference
from tests.roles import create, refusal
from tests.world import HOUSEKEEPER, MANAGER, OWNER, RECEPTION, STRANGER, Refused, World

ROLES = {role["key"]: role for role in reference("roles")}
KEYS = {one["key"] for one in reference("permissions")}
READS = {key for key in KEYS if key.endswith(":read")}

# What stands in the tables of roles, and the permissions that make it true.
EVERYTHING = "full access"
TABLE: list[tuple[str, str, set[str]]] = [
    ("OWNER", EVERYTHING, KEYS),
    ("MANAGER", EVERYTHING, KEYS),
    ("RECEPTION", "creates, sees and updates requests", {"hotel:requests:read", "hotel:requests:write"}),
    ("RECEPTION", "generates QR codes", {"hotel:qr:write"}),
    ("RECEPTION", "checks in and out", {"hotel:checkin:write", "hotel:bookings:write", "hotel:guests:write"}),
    ("STAFF", "creates, sees and updates requests", {"hotel:requests:read", "hotel:requests:write"}),
    ("STAFF", "reads the knowledge base", {"hotel:knowledge:read"}),
    ("AI_AGENT", "creates requests and comments", {"hotel:requests:write"}),
    (
        "KIOSK_MACHINE",
        "runs arrivals at a kiosk",
        {
            *{
                f"hotel:{area}:{right}"
                for area in ("kiosks", "rooms", "bookings", "guests", "payments")
                for right in ("read", "write")
            },
            "hotel:checkin:write",
        },
    ),
]
# What those tables keep from them.
WITHHELD: list[tuple[str, str, set[str]]] = [
    (
        "RECEPTION",
        "no settings, no staff, no approvals",
        {
            "hotel:settings:write",
            "hotel:staff:write",
            "hotel:workflows:write",
            "hotel:requests:approve",
            "hotel:charges:reverse",
            "hotel:audit:read",
            "hotel:kiosks:write",
        },
    ),
    (
        "STAFF",
        "no billing, no settings",
        {
            "hotel:settings:write",
            "hotel:staff:write",
            "hotel:charges:read",
            "hotel:charges:write",
            "hotel:payments:read",
            "hotel:payments:write",
            "hotel:requests:approve",
            "hotel:qr:write",
        },
    ),
    ("STAFF", "knowledge is read only", {"hotel:knowledge:write"}),
    ("STAFF", "no guests' files", {"hotel:guests:read", "hotel:guests:write", "hotel:bookings:read"}),
    ("AI_AGENT", "changes nothing else", KEYS - READS - {"hotel:requests:write"}),
    (
        "KIOSK_MACHINE",
        "no requests, no people",
        {"hotel:requests:read", "hotel:staff:write", "hotel:settings:write", "hotel:audit:read"},
    ),
]
SESSIONS = {
    "OWNER": "admin",
    "MANAGER": "admin",
    "RECEPTION": "staff",
    "STAFF": "staff",
    "AI_AGENT": None,
    "KIOSK_MACHINE": "kiosk",
}


def matrix(world: World, by: str = MANAGER) -> dict[str, Any]:
    with world.member(by):
        answer: dict[str, Any] = world.value("select api.access_matrix()")
    return answer


def callers(answer: dict[str, Any], command: str) -> set[str]:
    return next(set(one["roles"]) for one in answer["commands"] if one["command"] == command)


def readers(answer: dict[str, Any], name: str) -> set[str]:
    return next(set(one["roles"]) for one in answer["reads"] if one["list"] == name)


@pytest.mark.parametrize(("role", "line", "permissions"), TABLE)
def test_a_default_role_carries_what_it_is_for(role: str, line: str, permissions: set[str]) -> None:
    assert permissions <= set(ROLES[role]["permissions"]), line


@pytest.mark.parametrize(("role", "line", "permissions"), WITHHELD)
def test_and_not_what_it_is_not_for(role: str, line: str, permissions: set[str]) -> None:
    assert permissions & set(ROLES[role]["permissions"]) == set(), line


def test_roles_sign_in_as_they_shall() -> None:
    assert {key: role["session_type"] for key, role in ROLES.items()} == SESSIONS


@pytest.mark.parametrize(
    ("command", "roles"),
    [
        ("check_in_guest", {"OWNER", "MANAGER", "RECEPTION"}),
        ("reverse_charge", {"OWNER", "MANAGER"}),
        ("publish_workflow", {"OWNER", "MANAGER"}),
        ("post_charge", {"OWNER", "MANAGER", "RECEPTION", "KIOSK_MACHINE"}),
        ("portal_submit_request", {"OWNER", "MANAGER", "RECEPTION", "STAFF", "AI_AGENT"}),
        ("portal_update_request_status", {"OWNER", "MANAGER", "RECEPTION", "STAFF"}),
        ("give_roles", {"OWNER", "MANAGER"}),
        ("portal_resolve_code", set()),
    ],
)
def test_the_matrix(undone: World, command: str, roles: set[str]) -> None:
    assert callers(matrix(undone), command) == roles


def test_every_command_is_in_it(undone: World) -> None:
    exposed = {
        row[0]
        for row in undone.rows(
            "select distinct p.proname from pg_proc p,"
            " unnest('{anon,guest,staff,admin,kiosk,platform}'::text[]) r"
            " where p.pronamespace = 'api'::regnamespace and has_function_privilege(r, p.oid, 'execute')"
        )
    }
    assert {one["command"] for one in matrix(undone)["commands"]} == exposed


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("requests", {"OWNER", "MANAGER", "RECEPTION", "STAFF", "AI_AGENT"}),
        ("charges", {"OWNER", "MANAGER", "RECEPTION"}),
        ("audit_log", {"OWNER", "MANAGER"}),
        ("staff", {"OWNER", "MANAGER"}),
        ("kiosks", {"OWNER", "MANAGER", "RECEPTION", "KIOSK_MACHINE"}),
        ("portal_folio", set()),
    ],
)
def test_the_matrix_of_reads(undone: World, name: str, roles: set[str]) -> None:
    assert readers(matrix(undone), name) == roles


def test_every_list_is_in_it(undone: World) -> None:
    """Also one that nobody told it of."""
    exposed = (
        "select c.relname from pg_class c where c.relnamespace = 'api'::regnamespace and c.relkind = 'v' and"
        " exists (select from unnest('{anon,guest,staff,admin,kiosk,platform}'::text[]) r"
        " where has_table_privilege(r, c.oid, 'select'))"
    )
    undone.conn.execute(
        "create view api.tips with (security_invoker = true) as select f.id from public.folios f;"
        " grant select on api.tips to staff"
    )
    answer = matrix(undone)
    assert {one["list"] for one in answer["reads"]} == {row[0] for row in undone.rows(exposed)}
    assert readers(answer, "tips") == {"RECEPTION"}


def test_approvals_are_in_it(undone: World) -> None:
    approvals = {
        (one["type_slug"], one["action"]): set(one["roles"])
        for one in matrix(undone)["actions"]
        if "hotel:requests:approve" in one["needs"]
    }
    managers = {"OWNER", "MANAGER"}
    assert approvals == {("booking_action", "approve"): managers, ("booking_action", "reject"): managers}


def test_an_own_role_has_its_column(undone: World) -> None:
    create(undone, MANAGER, permissions=["hotel:charges:reverse"])
    answer = matrix(undone)
    assert "NIGHT_PORTER" in callers(answer, "reverse_charge")
    assert "NIGHT_PORTER" not in callers(answer, "check_in_guest")
    assert [role["key"] for role in answer["roles"]][:2] == ["OWNER", "MANAGER"]
    assert "NIGHT_PORTER" not in str(matrix(undone, STRANGER))


@pytest.mark.parametrize("who", [RECEPTION, HOUSEKEEPER, OWNER])
def test_the_matrix_is_what_the_commands_do(undone: World, who: str) -> None:
    """Called with nothing, a command refuses whoever has no right to it, and nobody else, for that."""
    answer = matrix(undone)
    mine = {RECEPTION: "RECEPTION", HOUSEKEEPER: "STAFF", OWNER: "OWNER"}[who]
    for command in answer["commands"]:
        if not {"staff", "admin"} & set(command["session_types"]) or command["is_read"]:
            continue
        refused = slug_of(undone, who, command["command"]) in ("permission_missing", "42501")
        assert refused == (mine not in command["roles"]), (who, command["command"])


def slug_of(world: World, who: str, command: str) -> str | None:
    """What a command says to nothing but nulls."""
    given = world.value(
        "select string_agg(format('null::%%s', format_type(t, null)), ', ' order by n) from pg_proc p,"
        " unnest(p.proargtypes) with ordinality as a (t, n)"
        " where p.pronamespace = 'api'::regnamespace and p.proname = %s",
        command,
    )
    try:
        with world.member(who):
            world.conn.execute(f"select api.{command}({given or ''})".encode())
    except Refused as refused:
        return refused.slug or refused.code
    return None


@pytest.mark.parametrize("by", [RECEPTION, HOUSEKEEPER])
def test_it_is_for_those_who_manage_staff(undone: World, by: str) -> None:
    assert refusal(matrix, undone, by) == ("permission_missing", "PT403")
