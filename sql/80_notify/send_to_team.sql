-- send_to_team: a note to a team of a property, as another program asked.
-- may:      called by send_message
-- refuses:  property_not_found, team_unknown, booking_not_found, message_not_usable
-- then:     one queued row
create or replace function app.send_to_team(p_message jsonb, p_dedupe text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_property_id uuid;
  v_booking_id uuid := app.uuid_or_null(p_message ->> 'booking_id');
begin
  select p.id into v_property_id
  from public.properties as p
  where p.tenant_id = app.tenant_id() and p.code = upper(p_message ->> 'property_code');
  if not found then
    raise exception 'There is no such property.' using errcode = 'PT404', detail = 'property_not_found', hint = 'Send property_code.';
  elsif not exists (
    select from notify.teams as t
    where t.tenant_id = app.tenant_id() and t.key = p_message ->> 'team' and (t.property_id = v_property_id or t.property_id is null)
  ) then
    raise exception 'There is no such team.' using errcode = 'PT422', detail = 'team_unknown', hint = 'Send team, as kitchen or reception.';
  elsif p_message ->> 'booking_id' is not null and not exists (
    select from public.bookings as b
    where b.tenant_id = app.tenant_id() and b.id = v_booking_id and b.property_id = v_property_id
  ) then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found';
  elsif length(coalesce(btrim(p_message ->> 'text'), '')) not between 1 and 2000 then
    raise exception 'A note has 1 to 2000 characters.' using errcode = 'PT422', detail = 'message_not_usable', hint = 'Send text.';
  end if;

  perform app.notify_team(
    v_property_id, p_message ->> 'team', 'notice', jsonb_build_object('title', btrim(p_message ->> 'text')), null, p_dedupe, v_booking_id);
end
$$;

comment on function app.send_to_team(jsonb, text) is 'Checks what a program wants to tell a team, and queues it.';
