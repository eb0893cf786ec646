"""A page leaves the trail that a program leaves: the same id in the answer, in the audit and in the log."""

import httpx2
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from functions.pages.base import routing
from functions.pages.base.routing import PageRoute
from functions.shared.settings import Settings
from tests.loops import run
from tests.stack import Stack
from tests.world import RECEPTION, World


def test_what_a_page_writes_names_its_call(stack: Stack) -> None:
    with httpx2.Client(base_url=stack.url, headers={"Origin": stack.url}) as browser:
        browser.get("/dev/sign-in", params={"as": RECEPTION})
        answer = browser.post("/app/inbox/language", data={"language": "en"})
        browser.post("/app/inbox/language", data={"language": "es"})
        answer = browser.post("/app/inbox/language", data={"language": "en"})
    call_id = answer.headers["X-Request-Id"]
    with stack.connect() as conn:
        found = World(conn).value("select count(*) from public.audit_log where call_id = %s", call_id)
    assert found


def test_a_defect_is_logged_with_its_place_and_without_what_it_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "get_settings", Settings.model_construct)
    app = FastAPI()
    app.router.route_class = PageRoute

    @app.get("/portal/requests/{request_id}")
    async def broken(request_id: str) -> None:
        raise ValueError(f"Marutani in G06 asked for {request_id}")

    with capture_logs() as logs:
        assert run(status_of(app, "/portal/requests/0190-secret")) == 500
    [defect] = [line for line in logs if line["event"] == "defect"]
    assert defect["kind"] == "ValueError"
    assert defect["route"] == "/portal/requests/{request_id}"
    assert any("broken" in frame for frame in defect["where"])
    assert "secret" not in str(logs)
    assert "Marutani" not in str(logs)


async def status_of(app: FastAPI, path: str) -> int:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client:
        return (await client.get(path)).status_code
