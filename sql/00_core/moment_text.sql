-- moment_text: a time that was agreed on, as a message writes it.
create or replace function app.moment_text(p_at timestamptz, p_time_zone text, p_language text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.date_text((p_at at time zone p_time_zone)::date, p_language) || to_char(p_at at time zone p_time_zone, ', HH24:MI');
end
$$;

comment on function app.moment_text(timestamptz, text, text) is 'An instant on a place''s clock: Sunday 27 April, 14:00; domingo 27 de abril, 14:00.';
