-- release_stays: the rooms laid out for a booking are given back.
create or replace function app.release_stays(p_booking_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.stays as s
  set released_at = app.now(), updated_at = app.now()
  where s.tenant_id = app.tenant_id()
    and s.booking_id = p_booking_id
    and s.released_at is null
$$;

comment on function app.release_stays(uuid) is 'Releases every live segment of a booking; the rows stay and tell what was held.';
