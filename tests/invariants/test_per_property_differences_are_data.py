"""What differs between properties is a row, never code: nothing knows a house, its zone or its money."""

import pytest

from tests.world import World

# Quoted words in code that are a property's or a tenant's own.
KNOWN_HOUSES = """
with words as (
  select unnest(array[p.code, p.name, p.time_zone, p.currency, t.slug, t.hotel_name]) as word
  from public.properties as p join public.tenants as t on t.id = p.tenant_id),
code as (
  select p.oid::regprocedure::text as name,
         coalesce(p.prosrc, '') || coalesce(pg_get_function_sqlbody(p.oid), '') as text
  from pg_proc as p
  where p.pronamespace::regnamespace::text in ('app', 'api', 'hook')
  union all
  select c.oid::regclass::text, pg_get_viewdef(c.oid) from pg_class as c
  where c.relkind = 'v' and c.relnamespace = 'api'::regnamespace)
select distinct code.name || ' knows ' || words.word
from code join words on position(quote_literal(words.word) in code.text) > 0
"""


@pytest.mark.shows("invariant/per_property_differences_are_data")
def test_per_property_differences_are_data(undone: World) -> None:
    assert undone.value("select count(*) from public.properties") >= 4
    assert undone.rows(KNOWN_HOUSES) == []


@pytest.mark.shows("invariant/per_property_differences_are_data")
def test_two_houses_answer_differently_to_the_same_rule(undone: World) -> None:
    undone.conn.execute("select app.set_caller(id) from public.tenants where slug = 'hamsun'")
    answers = undone.rows(
        "select code, jsonb_array_length(app.taxes_for(id, 'room_service')), tax_mode, currency"
        " from public.properties where code in ('FSL', 'CLF', 'EXT')"
    )
    assert len({row[1:] for row in answers}) == 3


def test_the_control_is_found(undone: World) -> None:
    undone.conn.execute(
        "create function app.closing_time(p_code text) returns time language sql immutable"
        " set search_path = '' as $$select case p_code when 'FSL' then time '23:00' else time '22:00' end$$"
    )
    assert undone.rows(KNOWN_HOUSES) == [("app.closing_time(text) knows FSL",)]
