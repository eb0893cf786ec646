-- erase_guest: a guest is forgotten on request.
-- may:      hotel:guests:write; managers, who work at every property of the stays
-- refuses:  permission_missing, guest_not_found, guest_has_a_stay, folio_not_settled
-- then:     name and contact data are gone everywhere, the guest's key in the audit log is destroyed, sessions end; invoices stay
create or replace function api.erase_guest(p_guest_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:guests:write');
  perform app.guest_must_be_in_reach(p_guest_id);
  return app.make_guest_nobody(p_guest_id);
end
$$;

alter function api.erase_guest(uuid) owner to engine;
comment on function api.erase_guest(uuid) is
  'Erases a guest who is neither in house nor expected and whose folios are closed or come to nothing. Answers what stays and why: {guest_id, erased_at, stays: [{what, count, reason}]}. The same guest again changes nothing and is answered the same.';
revoke all on function api.erase_guest(uuid) from public;
grant execute on function api.erase_guest(uuid) to admin;
