-- open_beds24_room: what Beds24 had closed is open again.
-- may:      called by follow_beds24_booking and close_beds24_room
-- refuses:  nothing
-- then:     the block is released; without one nothing changes
create or replace function app.open_beds24_room(p_import notify.beds24_imports)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.room_blocks as b
  set released_at = app.now(), updated_at = app.now()
  where b.tenant_id = app.tenant_id() and b.id = p_import.block_id and b.released_at is null
$$;

comment on function app.open_beds24_room(notify.beds24_imports) is 'Releases the block of an import.';
