-- price_of_change: what a change of the stay costs: as agreed, before that as quoted.
-- definer because guests may not read a request's details, where more lies than what it costs.
create or replace function app.price_of_change(p_request_id uuid)
returns numeric
language sql
stable
security definer
set search_path = ''
as $$
  select nullif(coalesce((r.details ->> 'amount')::numeric, (r.details ->> 'quoted')::numeric), 0)
  from portal.requests as r
  where r.tenant_id = app.tenant_id() and r.id = p_request_id
    and (app.session_role() <> 'guest' or r.booking_id = app.booking_id() and app.level() = 'identified')
    and coalesce(r.outcome, 'success') = 'success'
$$;

alter function app.price_of_change(uuid) owner to engine;
comment on function app.price_of_change(uuid) is
  'In the request''s currency, as the property''s prices are meant; a guest''s own requests only, once it is known who asks. Null where it costs nothing, and of what came to nothing.';
select app.grant_to_readers('app.price_of_change(uuid)');
