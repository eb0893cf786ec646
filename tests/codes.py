"""QR codes as the tests make and scan them."""

from typing import Any

from psycopg.types.json import Jsonb

from tests.world import HOUSEKEEPER, MANAGER, RECEPTION, World

ADDRESS = "198.51.100.20"
Code = dict[str, Any]


def of_stay(world: World, last_name: str = "Marutani") -> dict[str, Any]:
    """Guest and room of a stay, as a login code names them."""
    row = world.rows("select guest_id, room_id from public.bookings where id = %s", world.booking(last_name))[
        0
    ]
    return {"guest_id": str(row[0]), "room_id": str(row[1])}


def make(world: World, purpose: str, by: str = RECEPTION, **code: Any) -> Code:
    with world.member(by):
        made: Code = world.value("select api.make_qr_code(%s)", Jsonb({"purpose": purpose, **code}))
    return made


def login_code(world: World, last_name: str = "Marutani", **more: Any) -> Code:
    return make(world, "LOGIN", **of_stay(world, last_name), **more)


def badge(world: World, email: str = HOUSEKEEPER) -> Code:
    member = world.value(
        "select m.id::text from identity.memberships m join identity.users u on u.id = m.user_id"
        " where u.email = %s",
        email,
    )
    return make(world, "STAFF_ACCESS", MANAGER, membership_id=member)


def service(world: World, query: str, *values: object) -> Any:
    with world.owner():
        world.conn.execute("set local role service")
        return world.value(query, *values)


def scan(world: World, code: Code, address: str = ADDRESS) -> Code:
    found: Code = service(world, "select app.scan_qr(app.digest(%s), %s)", code["secret"], address)
    return found


def validate(world: World, secret: str, address: str = ADDRESS, device: bytes = b"device") -> Code:
    found: Code = service(world, "select app.validate_qr(app.digest(%s), %s, %s)", secret, address, device)
    return found


def identify(world: World, code: Code, address: str = ADDRESS, **said: str) -> Code:
    """What somebody at the door of /guest/identify gets for what they say: room, last_name, document."""
    answer: Code = service(
        world,
        "select app.identify_guest(app.digest(%s), %s, %s, %s, %s, 'device')",
        code["secret"],
        said.get("room", "G06"),
        said.get("last_name"),
        said.get("document"),
        address,
    )
    return answer


def lives(world: World, session: Code) -> bool:
    return bool(
        world.value("select ended_at is null from identity.sessions where id = %s", session["session_id"])
    )


def limits(world: World, **most: int) -> None:
    world.conn.execute(
        "insert into public.app_settings (tenant_id, key, value)"
        " select t.id, 'qr_limits:' || m.key, m.value"
        " from public.tenants as t, jsonb_each(%s) as m where t.slug = 'hamsun'",
        (Jsonb(most),),
    )
