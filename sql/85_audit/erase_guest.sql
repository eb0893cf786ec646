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
  if not app.sees_all_properties()
     and not exists (select from public.bookings as b
                     where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id and app.sees_property(b.property_id)) then
    raise exception 'There is no such guest.'
      using errcode = 'PT404', detail = 'guest_not_found';
  end if;
  if exists (select from public.bookings as b
             where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id and not app.sees_property(b.property_id)) then
    perform app.require_all_properties();
  end if;
  return app.make_guest_nobody(p_guest_id);
end
$$;

alter function api.erase_guest(uuid) owner to engine;
comment on function api.erase_guest(uuid) is
  'Erases a guest who is neither in house nor expected and whose folios are closed or come to nothing. Answers what stays and why: {guest_id, erased_at, stays: [{what, count, reason}]}. The same guest again changes nothing and is answered the same.';
revoke all on function api.erase_guest(uuid) from public;
grant execute on function api.erase_guest(uuid) to admin;
