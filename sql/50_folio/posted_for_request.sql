-- posted_for_request: what a request has added to the folio.
create or replace function app.posted_for_request(p_request_id uuid)
returns numeric
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(c.gross), 0)
  from public.charges as c
  where c.tenant_id = app.tenant_id() and c.request_id = p_request_id
$$;

comment on function app.posted_for_request(uuid) is 'Sum with tax of a request''s charges, reversals subtracted, in the folio''s currency.';
