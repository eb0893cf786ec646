"""business_date: a property that has never closed a day lives by its calendar."""

from tests.desk import Desk


def test_is_today_at_the_property(desk: Desk) -> None:
    with desk.db.transaction():
        desk.db.execute("select set_config('app.tenant_id', %s, true)", (desk.tenant_id,))
        assert desk.one("select app.business_date(%s)", desk.property_id) == desk.day(0)
