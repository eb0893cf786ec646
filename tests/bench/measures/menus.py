"""Breakfast ordered: twenty dishes at a time, and two hundred guests for the last fifty places."""

import http.client
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from tests.bench.client import request
from tests.bench.figures import Figure, at_most, exactly, figure
from tests.bench.house import LOAD, Caller, guests_of
from tests.bench.run import Run

GUESTS, PLACES = 200, 50
EACH = 4
"""Orders of each guest for the hour that has room for everybody, at most 20 people a day."""
PATH = "/functions/v1/submit-menu-order"
SLOT = """
select s.id::text, s.menu_id::text, (app.today_in(p.time_zone) + 1)::text
from service_menus.time_slots as s
join service_menus.menus as m on m.tenant_id = s.tenant_id and m.id = s.menu_id
join public.properties as p on p.tenant_id = m.tenant_id and p.id = m.property_id
join public.tenants as t on t.id = p.tenant_id
where t.slug = 'house-003' and s.starts_at = %s
"""
LAID = """
select exists (
  select from service_menus.menus as m join public.tenants as t on t.id = m.tenant_id
  where t.slug = 'house-003')
"""
DISHES = """
select i.id::text, g.id::text from service_menus.menu_items as i
join service_menus.choice_groups as g on g.tenant_id = i.tenant_id and g.menu_item_id = i.id
where i.menu_id = %s order by i.position
"""


def menu_order(run: Run) -> list[Figure]:
    """Milliseconds for an order of twenty lines through the gateway: checked, posted, and told."""
    callers, medians = laid(run), list[float]()
    with run.without_sending():
        for number in range(min(run.plan.rounds, EACH - 1)):
            run.report(f"a menu order: round {number + 1}")
            body = order(run, "08:00", 20)
            told = [
                request("POST", PATH, headers(caller, f"line-{number}"), body)
                for caller in callers[: GUESTS // 2]
            ]
            medians.append(run.drive(run.gateway, [told], again=False).p50)
    control = "20 dishes with a choice each, one guest after the other, through the gateway"
    return [figure("menu_order", medians, "ms", at_most(40), control=control)]


def last_places(run: Run) -> list[Figure]:
    """Two hundred guests at once for a time with fifty places: who got one, and what the others heard."""
    callers, body = laid(run), json.dumps(order(run, "09:00", 1))
    run.report("two hundred for fifty places")
    start = Barrier(GUESTS)

    def ask(caller: Caller) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", run.gateway, timeout=60)
        start.wait()
        line.request("POST", PATH, body, {**headers(caller, "place"), "Content-Type": "application/json"})
        answer = line.getresponse()
        told = json.loads(answer.read())
        line.close()
        return answer.status, str(told.get("details", ""))

    with run.without_sending(), ThreadPoolExecutor(GUESTS) as pool:
        answers = Counter(pool.map(ask, callers))
    taken = run.value(
        "select x.taken from service_menus.sessions as x where x.slot_id = %s", slot(run, "09:00")[0]
    )
    control = ", ".join(
        f"{count} × {status} {slug}".strip() for (status, slug), count in answers.most_common()
    )
    accepted = [float(count) for (status, _), count in answers.items() if status == 201]
    return [
        figure("menu_last_places", [sum(accepted)], "orders", exactly(PLACES), control=control),
        figure(
            "menu_places_taken",
            [float(taken)],
            "places",
            exactly(PLACES),
            control="as the serving counts them",
        ),
    ]


def laid(run: Run) -> list[Caller]:
    """The menu's guests; the menu is laid when it is first asked for."""
    if not run.value(LAID):
        lay(run)
    return guests_of(run.conn, run.stack.settings, "house-003", "M")


def lay(run: Run) -> None:
    """A menu, its times and two hundred guests."""
    with run.conn.transaction():
        run.conn.execute("set local session_replication_role = replica")
        for name, setting in (("guests", GUESTS), ("places", PLACES)):
            run.conn.execute("select set_config(%s, %s, true)", (f"bench.{name}", str(setting)))
        run.conn.execute((LOAD / "menus.sql").read_bytes())
    run.conn.execute("vacuum analyze public.bookings, service_menus.menu_items, service_menus.choice_groups")


def slot(run: Run, at: str) -> tuple[str, str, str]:
    """(slot, menu, tomorrow) of a time."""
    found: tuple[str, str, str] = run.conn.execute(SLOT.encode(), (at,)).fetchall()[0]
    return found


def order(run: Run, at: str, lines: int) -> dict[str, Any]:
    """So many dishes, each chosen."""
    slot_id, menu_id, day = slot(run, at)
    dishes = run.conn.execute(DISHES.encode(), (menu_id,)).fetchall()[:lines]
    items = [{"id": dish, "quantity": 1, "choices": {group: ["hot"]}} for dish, group in dishes]
    return {"menu_id": menu_id, "slot_id": slot_id, "served_on": day, "people": 1, "items": items}


def headers(caller: Caller, key: str) -> dict[str, str]:
    """Who asks, under a key of the measure's own."""
    return {"Authorization": f"Bearer {caller.token}", "Idempotency-Key": key}
