-- lay_rooms: rooms of a property, added together or not at all.
-- may:      called by add_rooms and import_rooms
-- refuses:  nothing: wrong lines are answered
-- then:     rooms that were taken out of use are back
create or replace function app.lay_rooms(p_property_id uuid, p_lines jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_wrong jsonb;
  v_added integer;
  v_lines integer := jsonb_array_length(p_lines);
begin
  -- lock
  perform from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_property_id for no key update;
  with line as (
    select (l ->> 'line')::integer as number, upper(btrim(coalesce(l ->> 'room_number', ''))) as room, upper(btrim(coalesce(l ->> 'room_type', ''))) as kind
    from jsonb_array_elements(p_lines) as l
  ), judged as (
    select n.number, n.room, n.kind,
           case when n.room = '' then 'room_number_missing'
                when n.room !~ '^[A-Z0-9][A-Z0-9 ._/-]{0,9}$' then 'room_number_invalid'
                when n.kind = '' then 'room_type_missing'
                when t.id is null then 'room_type_unknown'
                when row_number() over (partition by n.room order by n.number) > 1 then 'room_is_repeated'
                when r.is_active and r.room_type_id <> t.id then 'room_has_another_type' end as problem
    from line as n
    left join public.room_types as t on t.tenant_id = app.tenant_id() and t.property_id = p_property_id and t.code = n.kind
    left join public.rooms as r on r.tenant_id = app.tenant_id() and r.property_id = p_property_id and r.room_number = n.room
  )
  select coalesce(jsonb_agg(jsonb_build_object('line', j.number, 'problem', j.problem,
           'value', case when j.problem like 'room\_type%' then j.kind else j.room end) order by j.number), '[]')
  into v_wrong
  from judged as j
  where j.problem is not null;
  if v_wrong <> '[]' then
    return jsonb_build_object('added', 0, 'unchanged', 0, 'wrong', v_wrong);
  end if;

  insert into public.rooms as r (tenant_id, property_id, room_type_id, room_number, floor)
  select app.tenant_id(), p_property_id, t.id, n.room, coalesce(n.floor, app.floor_of(n.room))
  from (select upper(btrim(l ->> 'room_number')) as room, upper(btrim(l ->> 'room_type')) as kind, left(nullif(btrim(l ->> 'floor'), ''), 20) as floor
        from jsonb_array_elements(p_lines) as l) as n
  join public.room_types as t on t.tenant_id = app.tenant_id() and t.property_id = p_property_id and t.code = n.kind
  order by n.room
  on conflict (tenant_id, property_id, room_number) do update
    set is_active = true, room_type_id = excluded.room_type_id, floor = excluded.floor, updated_at = app.now()
    where not r.is_active;
  get diagnostics v_added = row_count;
  return jsonb_build_object('added', v_added, 'unchanged', v_lines - v_added, 'wrong', '[]'::jsonb);
end
$$;

comment on function app.lay_rooms(uuid, jsonb) is
  'Lines {line, room_number, room_type, floor} as rooms: {added, unchanged, wrong}. A room that is there already with its kind is unchanged; one out of use comes back with the kind given.';
