-- hours_agreed: the late check-outs or early check-ins of a stay that stand, each with what it costs.
create or replace function app.hours_agreed(p_booking_id uuid, p_subtype text)
returns table (request_id uuid, hour time, amount numeric)
language sql
stable
set search_path = ''
as $$
  select r.id, (r.details ->> case p_subtype when 'late_checkout' then 'check_out_time' else 'check_in_time' end)::time, (r.details ->> 'amount')::numeric
  from portal.requests as r
  where r.tenant_id = app.tenant_id()
    and r.booking_id = p_booking_id
    and r.type_slug = 'booking_action'
    and r.subtype = p_subtype
    and r.details ? 'amount'
    and (r.outcome is null
         or r.outcome = 'success' and ((r.details ->> 'amount')::numeric = 0 or app.posted_for_request(r.id) > 0))
$$;

comment on function app.hours_agreed(uuid, text) is
  'p_subtype late_checkout or early_checkin. Approved ones, and completed ones whose charge was not taken off the bill again; amount in the booking''s currency.';
