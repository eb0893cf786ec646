-- complete_approved_requests: what was approved and has come to pass is completed before the guest goes.
-- may:      called by check_out_guest
-- refuses:  what completing refuses
-- then:     each is completed through its workflow, its amount on the folio
create or replace function app.complete_approved_requests(p_booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request portal.requests;
begin
  for v_request in
    select r.*
    from portal.requests as r
    where r.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.type_slug = 'booking_action' and r.status = 'approved'
    order by r.id
    for no key update
  loop
    perform app.perform_action(v_request, 'complete', '{}');
  end loop;
end
$$;

comment on function app.complete_approved_requests(uuid) is
  'Takes the action complete on the booking''s approved changes of stay, so that nothing agreed is missing from the bill.';
