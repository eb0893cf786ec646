"""The guest's landing on a phone: bytes over the wire, and the time until the first of it is seen."""

from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench.figures import Figure, figure
from tests.bench.run import Run
from tests.pages.browser import PHONE, launched

BYTES_A_SECOND = 400_000 / 8
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}
"""400 kbit/s, 150 ms to the first byte."""
PAINT = """
() => new Promise(done => {
  const painted = () => performance.getEntriesByName('first-contentful-paint')[0]
  if (painted()) done(painted().startTime)
  const watcher = new PerformanceObserver(() => painted() && done(painted().startTime))
  watcher.observe({type: 'paint', buffered: true})
})
"""


def landing(run: Run) -> list[Figure]:
    """A link opened for the first time, nothing in the cache, on this machine and over a slow line."""
    link = run.stack.link("in_house").url
    visits = list[tuple[int, float, float]]()
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for number in range(run.plan.rounds):
            run.report(f"the guest's landing: round {number + 1} of {run.plan.rounds}")
            weight, quick = _visit(browser, link, None)
            visits.append((weight, quick, _visit(browser, link, SLOW)[1]))
        browser.close()
    control = "Chromium, phone size, empty cache, the redirect included"
    slow = median(visit[2] for visit in visits)
    weights, paints = [visit[0] / 1000 for visit in visits], [visit[1] for visit in visits]
    return [
        figure("landing_bytes", weights, "kB", control=f"{control}; compressed"),
        figure("landing_first_paint", paints, "ms", control=f"{control}; at 400 kbit/s {slow:,.0f} ms"),
    ]


def _visit(browser: Browser, link: str, line: dict[str, Any] | None) -> tuple[int, float]:
    """Bytes received and first contentful paint in milliseconds."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, device_scale_factor=3)
    try:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        received = [0]
        devtools.on("Network.loadingFinished", lambda told: received.append(int(told["encodedDataLength"])))
        devtools.send("Network.enable")
        if line is not None:
            devtools.send("Network.emulateNetworkConditions", line)
        page.goto(link, wait_until="load")
        painted = float(page.evaluate(PAINT))
        return sum(received), painted
    finally:
        context.close()
