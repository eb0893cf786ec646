-- events_since: events after a cursor, in commit order.
-- may:      whoever may see their rows: hotel:requests:read, a guest the own
-- refuses:  cursor_invalid
-- then:     nothing
create or replace function api.events_since(p_cursor text default null, p_limit integer default 200)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_xid xid8;
  v_id bigint;
  v_bound xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_events jsonb;
begin
  if p_cursor is null then
    return jsonb_build_object('events', '[]'::jsonb, 'cursor', v_bound::text || '-0');
  elsif p_cursor !~ '^[0-9]{1,19}-[0-9]{1,18}$' then
    raise exception 'The cursor cannot be read.' using errcode = 'PT422', detail = 'cursor_invalid', hint = 'Send the id of the last event you saw, or none.';
  end if;
  v_xid := split_part(p_cursor, '-', 1)::xid8;
  v_id := split_part(p_cursor, '-', 2)::bigint;
  -- ahead of every transaction: it was given before the data was restored
  if v_xid > pg_snapshot_xmax(pg_current_snapshot()) then
    v_xid := v_bound;
    v_id := 0;
  end if;

  select coalesce(jsonb_agg(to_jsonb(e) - 'xid' - 'id' order by e.xid, e.id), '[]')
  into v_events
  from (
    select e.xid::text || '-' || e.id as cursor, e.xid, e.id, e.topic, e.booking_id, e.request_id, e.entity, e.entity_id, e.payload, e.at
    from public.event_log as e
    where e.tenant_id = app.tenant_id()
      and (e.xid, e.id) > (v_xid, v_id)
      and e.xid < v_bound
      and case app.session_role()
            when 'guest' then e.booking_id = app.booking_id() and e.topic <> 'request.noted' and app.level() in ('context', 'identified')
            else app.can('hotel:requests:read') and (e.property_id is null or app.sees_property(e.property_id))
          end
    order by e.xid, e.id
    limit least(greatest(p_limit, 1), 1000)) as e;

  return jsonb_build_object(
    'events', v_events,
    'cursor', case when jsonb_array_length(v_events) >= least(greatest(p_limit, 1), 1000) then v_events -> -1 ->> 'cursor'
                   else greatest(v_bound, v_xid)::text || '-0' end);
end
$$;

alter function api.events_since(text, integer) owner to engine;
comment on function api.events_since(text, integer) is
  '{events, cursor}: what the caller may see after a cursor, in commit order below the oldest running transaction; the cursor to go on from, also when nothing was there. Null starts now.';
revoke all on function api.events_since(text, integer) from public;
grant execute on function api.events_since(text, integer) to guest, staff, admin;
