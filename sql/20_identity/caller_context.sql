-- caller_context: who is talking, for the assistant.
-- may:      a guest, staff or admin, each about themselves
-- refuses:  context_missing
-- then:     nothing
create or replace function api.caller_context()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_role text := app.session_role();
  v_context jsonb;
begin
  if v_role in ('staff', 'admin') then
    return jsonb_build_object(
      'role', v_role, 'tenant_id', app.tenant_id(), 'staff_id', app.actor_id(),
      'capabilities', app.session_capabilities());
  end if;
  if v_role = 'guest' and app.level() in ('context', 'identified') then
    select jsonb_build_object(
      'role', v_role, 'tenant_id', b.tenant_id, 'guest_id', b.guest_id, 'room_id', b.room_id, 'booking_id', b.id, 'level', app.level())
    into v_context
    from public.bookings as b
    where b.tenant_id = app.tenant_id() and b.id = app.booking_id();
  end if;
  if v_context is null then
    raise exception 'It has to be known who is asking.'
      using errcode = 'PT403', detail = 'context_missing', hint = 'Sign in, or open your link or the code in your room first.';
  end if;
  return v_context;
end
$$;

alter function api.caller_context() owner to engine;
comment on function api.caller_context() is
  '{role, tenant_id, staff_id, capabilities} of a member, {role, tenant_id, guest_id, room_id, booking_id, level} of a guest; 403 for anyone else. capabilities follow the member''s roles.';
revoke all on function api.caller_context() from public;
grant execute on function api.caller_context() to anon, guest, staff, admin;
