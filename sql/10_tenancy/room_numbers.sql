-- room_numbers: the rooms that a pattern names.
-- may:      called by add_rooms
-- refuses:  room_pattern_unreadable, rooms_too_many
-- then:     nothing
create or replace function app.room_numbers(p_pattern text)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  c_most constant integer := 500;
  v_part text;
  v_ends text[];
  v_numbers text[] := '{}'::text[];
begin
  foreach v_part in array regexp_split_to_array(upper(btrim(coalesce(p_pattern, ''), e' \t\r\n,;')), '\s*[,;\n]+\s*') loop
    v_ends := regexp_match(v_part, '^([A-Z]{0,4})(\d{1,5})\s*(?:-|–|\.\.)\s*([A-Z]{0,4})(\d{1,5})$');
    if v_part ~ '^[A-Z0-9]{1,10}$' then
      v_numbers := v_numbers || v_part;
    elsif v_ends[3] in ('', v_ends[1]) and v_ends[2]::integer <= v_ends[4]::integer and length(v_ends[2]) <= length(v_ends[4])
          and (length(v_ends[2]) = length(v_ends[4]) or v_ends[2] !~ '^0') then
      if v_ends[4]::integer - v_ends[2]::integer + cardinality(v_numbers) >= c_most then
        raise exception 'That would be more than % rooms at once.', app.printed(c_most)
          using errcode = 'PT422', detail = 'rooms_too_many', hint = 'Add them floor by floor.';
      end if;
      v_numbers := v_numbers || array(
        select v_ends[1] || lpad(n::text, greatest(length(v_ends[2]), length(n::text)), '0')
        from generate_series(v_ends[2]::integer, v_ends[4]::integer) as n);
    else
      raise exception '“%” is neither a room nor a row of rooms.', app.printed(left(v_part, 40))
        using errcode = 'PT422', detail = 'room_pattern_unreadable', hint = 'Write rooms like 101-120, 201, G01-G08.';
    end if;
  end loop;
  return array(select distinct n from unnest(v_numbers) as n order by n);
end
$$;

comment on function app.room_numbers(text) is '101-103, G01-G02, 301: {101, 102, 103, 301, G01, G02}. Prefixes stay, leading zeros too; 500 at most.';
