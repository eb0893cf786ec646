"""A bill of a thousand lines: as the guest's page, and on paper."""

import http.client
import time

from tests.bench.figures import Figure, at_most, figure
from tests.bench.house import Caller
from tests.bench.run import Run

LINES = 1000
PAGES = 10
POSTED = """
select count(app.post_charge(
  f.id, 'fee', jsonb_build_object('en', format('Club sandwich %%s', n)), 1 + n %% 3, 100 + n,
  '[{"code": "GST", "name": "GST 16 %%", "rate": 16}]', 'bench:' || n))
from (select app.open_folio(%s) as id) as f, generate_series(1, %s) as n
"""


def folio(run: Run) -> list[Figure]:
    """Milliseconds for the page and for the PDF, through the gateway, one guest after the other."""
    guest = filled(run)
    pages, papers = list[float](), list[float]()
    for number in range(run.plan.rounds):
        run.report(f"a bill of a thousand lines: round {number + 1} of {run.plan.rounds}")
        pages += [asked(run, guest, "/portal/charges") for _ in range(PAGES)]
        papers.append(asked(run, guest, "/functions/v1/folio-pdf"))
    control = f"{LINES:,} lines with a tax each, all of them shown, through the gateway"
    return [
        figure("folio_page", pages, "ms", at_most(150), control=control),
        figure("folio_pdf", papers, "ms", at_most(2000), control=f"{control}; longest {max(papers):,.0f} ms"),
    ]


def filled(run: Run) -> Caller:
    """A guest whose bill has its thousand lines."""
    guest = run.guests[0]
    with run.conn.transaction():
        run.conn.execute("select app.set_caller(%s)", (guest.tenant_id,))
        run.conn.execute(POSTED.encode(), (guest.claims["booking_id"], LINES))
    return guest


def asked(run: Run, guest: Caller, path: str) -> float:
    """Milliseconds until the guest has the whole of a page."""
    line = http.client.HTTPConnection("127.0.0.1", run.gateway, timeout=60)
    begun = time.perf_counter()
    line.request("GET", path, headers={"Authorization": f"Bearer {guest.token}"})
    answer = line.getresponse()
    answer.read()
    took = (time.perf_counter() - begun) * 1000
    line.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return took
