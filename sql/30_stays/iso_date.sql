-- iso_date: a date as callers write it, 2026-04-24.
-- refuses:  field_invalid
create or replace function app.iso_date(p_text text, p_name text)
returns date
language plpgsql
stable
set search_path = ''
as $$
begin
  -- 'today', 'infinity' and '04/05/2026' are dates to PostgreSQL
  if p_text !~ '^\d{4}-\d\d-\d\d$' then
    raise invalid_datetime_format;
  end if;
  return p_text::date;
exception
  when invalid_datetime_format or datetime_field_overflow then
    raise exception '% is not a date.', app.printed(p_name)
      using errcode = 'PT422', detail = 'field_invalid', hint = 'Dates are written 2026-04-24.';
end
$$;

comment on function app.iso_date(text, text) is 'Reads a date in ISO 8601 and in no other way. Null is null.';
