"""beds24_health: how each house that uses Beds24 stands with it."""

import pytest

from tests.channel_manager import ChannelManager

TROUBLE = (
    "select h.trouble from app.beds24_health() as h"
    " join public.properties as p on p.code = h.property_code"
    " join notify.beds24_connections as c on c.property_id = p.id where c.id = %s"
)


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ("swept_at = clock_timestamp()", [(None,)]),
        ("swept_at = clock_timestamp() - interval '61 minutes'", [("not_swept",)]),
        ("refresh_used_at = clock_timestamp() - interval '21 days'", [("token_ends",)]),
        ("state = 'refused', problem = 'token_refused'", [("token_refused",)]),
        ("state = 'invited', failures = 3", [("not_let_in",)]),
        ("state = 'off'", []),
    ],
)
def test_each_trouble_is_named_and_who_has_parted_is_left_out(
    manager: ChannelManager, state: str, trouble: list[tuple[str | None]]
) -> None:
    db = manager.desk.db
    db.execute(
        f"update notify.beds24_access set {state} where connection_id = %s".encode(), (manager.connection_id,)
    )
    assert db.execute(TROUBLE.encode(), (manager.connection_id,)).fetchall() == trouble
