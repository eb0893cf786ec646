-- explain_erasure: what the hotel holds of a guest, whether they can be forgotten now, and what would stay.
-- may:      hotel:guests:write; managers, who work at every property of the stays
-- refuses:  guest_not_found
-- then:     nothing
create or replace function api.explain_erasure(p_guest_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_guest public.guests;
  v_traces record;
  v_holds jsonb;
  v_obstacles jsonb;
begin
  perform app.require('hotel:guests:write');
  perform app.guest_must_be_in_reach(p_guest_id);
  select g.* into v_guest from public.guests as g where g.tenant_id = app.tenant_id() and g.id = p_guest_id;
  v_traces := app.traces_of_guest(p_guest_id);
  v_holds := app.guest_holdings(v_guest, v_traces.booking_ids, v_traces.request_ids, v_traces.message_ids);
  select coalesce(jsonb_agg(to_jsonb(o) order by o.slug desc, o.check_in), '[]') into v_obstacles from app.erasure_obstacles(p_guest_id) as o;
  return app.erasure_report(
    p_guest_id, v_traces.booking_ids, v_traces.request_ids, v_traces.message_ids,
    (select (h ->> 'count')::bigint from jsonb_array_elements(v_holds) as h where h ->> 'what' = 'audit_entries'))
    || jsonb_build_object('can_be_erased', v_guest.erased_at is null and v_obstacles = '[]', 'obstacles', v_obstacles, 'holds', v_holds);
end
$$;

alter function api.explain_erasure(uuid) owner to engine;
comment on function api.explain_erasure(uuid) is
  'As api.erase_guest answers, and {can_be_erased, obstacles: [{slug, booking_id, property_code, check_in, check_out, currency, balance}], holds: [{what, label, count}]}. Counts only, nothing of what they count. erased_at is null until then.';
revoke all on function api.explain_erasure(uuid) from public;
grant execute on function api.explain_erasure(uuid) to admin;
