-- tell_of_changed_order: guest and kitchen hear what an order has become.
-- may:      called by change_menu_order
-- refuses:  nothing
-- then:     one message each for a revision; event
create or replace function app.tell_of_changed_order(p_request portal.requests, p_revision integer)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_variables jsonb := app.request_variables(p_request);
  v_dedupe text := format('menu_order_changed:%s:%s', p_request.id, p_revision);
begin
  perform app.notify_guest(p_request.booking_id, 'request_received', v_variables, p_request.id, v_dedupe);
  perform app.notify_team(
    p_request.property_id, (select t.team_key from portal.request_types as t where t.tenant_id = p_request.tenant_id and t.id = p_request.request_type_id),
    'menu_order_changed', v_variables || '{"status_label": {"en": "Changed", "es": "Cambiado"}}', p_request.id, v_dedupe);
  perform app.emit_event('request.changed', p_request.property_id, p_request.booking_id, p_request.id, 'request', p_request.id,
                         jsonb_build_object('status', p_request.status, 'revision', p_revision));
end
$$;

comment on function app.tell_of_changed_order(portal.requests, integer) is 'The whole order again to the kitchen, a new acknowledgement to the guest, and the event request.changed.';
