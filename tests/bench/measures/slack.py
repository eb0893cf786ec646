"""Buttons pressed in Slack: two hundred of them, many at a time, each an action with all that follows."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from typing import Any

from tests.bench.figures import Figure, at_most, figure
from tests.bench.run import Run
from tests.slack import form, press, signed

PATH = "/functions/v1/slack-interactions"
PRESSES, AT_ONCE = 200, 20
WORKSPACES = """
insert into notify.senders (tenant_id, channel, address)
select t.id, 'slack', 'T0BENCH' || lpad(row_number() over (order by t.slug)::text, 4, '0')
from public.tenants as t where t.slug like 'house-%%'
on conflict do nothing
"""
PEOPLE = """
update identity.memberships as m
set slack_user_id = 'U0BENCH' || right(s.address, 4)
from notify.senders as s, public.tenants as t
where s.tenant_id = m.tenant_id and s.channel = 'slack' and t.id = m.tenant_id and t.slug like 'house-%%'
  and m.id = (select min(o.id::text)::uuid from identity.memberships as o where o.tenant_id = m.tenant_id)
"""
OFFERED = """
select r.id::text, a.key, r.status, s.address
from portal.requests as r
join portal.workflow_versions as v on v.tenant_id = r.tenant_id and v.id = r.workflow_version_id
join notify.senders as s on s.tenant_id = r.tenant_id and s.channel = 'slack' and s.address like 'T0BENCH%%'
join lateral (
  select x.key from jsonb_each(v.workflow -> 'actions') as x
  where x.key in ('acknowledge', 'confirm', 'triage', 'start') and x.value -> 'from' ? r.status
    and x.value -> 'requires' = '{}'
  limit 1) as a on true
where r.phase = 'open'
order by r.id
limit %s
"""


def presses(run: Run) -> list[Figure]:
    """Milliseconds until Slack has its answer, which it waits three seconds for."""
    run.conn.execute(WORKSPACES.encode())
    run.conn.execute(PEOPLE.encode())
    secret = run.stack.settings["SLACK_SIGNING_SECRET"]
    offered = run.conn.execute(OFFERED.encode(), (PRESSES,)).fetchall()

    def told(row: tuple[Any, ...]) -> float:
        request_id, action, status, workspace = row
        user = workspace.replace("T0", "U0")
        body = form(press(request_id, action, status, user, workspace))
        line = http.client.HTTPConnection("127.0.0.1", run.gateway, timeout=30)
        began = time.perf_counter()
        line.request("POST", PATH, body, signed(body, secret))
        answer = line.getresponse()
        answer.read()
        took = time.perf_counter() - began
        line.close()
        if answer.status != 200:
            raise RuntimeError(f"a press was answered {answer.status}")
        return took * 1000

    run.report("two hundred presses in Slack")
    with run.without_sending(), ThreadPoolExecutor(AT_ONCE) as pool:
        times = list(pool.map(told, offered))
    moved = run.value(
        "select count(*) from portal.request_status_history where request_id = any (%s::uuid[])"
        " and actor_kind = 'staff'",
        [row[0] for row in offered],
    )
    control = f"{AT_ONCE} at a time through the gateway; {moved} of {len(times)} presses moved their request"
    return [figure("slack_press_p99", [quantiles(times, n=100)[98]], "ms", at_most(1000), control=control)]
