-- give_code: the one code of a booking, made once.
-- refuses:  no_code_left
create or replace function app.give_code(p_booking_id uuid)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_tries constant integer := 20;
  v_code text;
begin
  select c.code into v_code
  from portal.codes as c
  where c.tenant_id = app.tenant_id() and c.booking_id = p_booking_id;

  for v_try in 1 .. c_tries loop
    exit when v_code is not null;
    insert into portal.codes (tenant_id, code, booking_id, created_at)
    values (app.tenant_id(), app.new_code(), p_booking_id, app.now())
    on conflict (code) do nothing
    returning code into v_code;
  end loop;

  if v_code is null then
    raise exception 'No free code was found.'
      using errcode = 'PT503', detail = 'no_code_left', hint = 'Try again.';
  end if;
  return v_code;
end
$$;

comment on function app.give_code(uuid) is 'The booking''s code, made if it has none. Codes are never reused: their rows stay, so a collision with a dead one is tried again.';
