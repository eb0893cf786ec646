-- guest_of_row: whom a row is about.
-- may:      called by the audit trigger
-- refuses:  nothing
-- then:     nothing
create or replace function app.guest_of_row(p_table text, p_row jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return case p_table
    when 'public.guests' then (p_row ->> 'id')::uuid
    when 'portal.request_comments' then (
      select r.guest_id
      from portal.requests as r
      where r.tenant_id = (p_row ->> 'tenant_id')::uuid and r.id = (p_row ->> 'request_id')::uuid)
    when 'portal.feedback' then (
      select b.guest_id
      from public.bookings as b
      where b.tenant_id = (p_row ->> 'tenant_id')::uuid and b.id = (p_row ->> 'booking_id')::uuid)
    when 'public.folios' then (
      select b.guest_id
      from public.bookings as b
      where b.tenant_id = (p_row ->> 'tenant_id')::uuid and b.id = (p_row ->> 'booking_id')::uuid)
    when 'public.stays' then (
      select b.guest_id
      from public.bookings as b
      where b.tenant_id = (p_row ->> 'tenant_id')::uuid and b.id = (p_row ->> 'booking_id')::uuid)
    else (p_row ->> 'guest_id')::uuid
  end;
end
$$;

alter function app.guest_of_row(text, jsonb) owner to auditor;
comment on function app.guest_of_row(text, jsonb) is 'The guest of a row that has personal columns; null for the system''s own work.';
