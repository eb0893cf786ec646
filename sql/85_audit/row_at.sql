-- row_at: a row as it was.
-- may:      hotel:audit:read
-- refuses:  permission_missing, row_not_found
-- then:     nothing
create or replace function api.row_at(p_table text, p_id uuid, p_time timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_row jsonb;
begin
  perform app.require('hotel:audit:read');
  perform app.require_all_properties();
  v_row := app.row_from_log(app.tenant_id(), p_table, p_id, p_time);
  if v_row is null then
    raise exception 'There was no such row at that time.'
      using errcode = 'PT404', detail = 'row_not_found', hint = 'Give the table with its schema, as the log names it, and a time after the row was made.';
  end if;
  return v_row;
end
$$;

alter function api.row_at(text, uuid, timestamptz) owner to engine;
comment on function api.row_at(text, uuid, timestamptz) is
  'A row (its table as public.bookings) as it stood at a time, put together from the audit log: the changes of transactions that began by then. What is withheld or was erased is "•••".';
revoke all on function api.row_at(text, uuid, timestamptz) from public;
grant execute on function api.row_at(text, uuid, timestamptz) to staff, admin;
