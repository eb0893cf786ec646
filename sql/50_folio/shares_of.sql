-- shares_of: the weights among which something is split.
create or replace function app.shares_of(p_shares jsonb)
returns numeric[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select array_agg((s.value ->> 'share')::numeric order by s.ordinality)
  from jsonb_array_elements(p_shares) with ordinality as s
$$;

comment on function app.shares_of(jsonb) is 'The shares of [{folio_id, share}] in their order.';
