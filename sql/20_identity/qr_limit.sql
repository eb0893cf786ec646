-- qr_limit: how many tries with QR codes a minute may see.
create or replace function app.qr_limit(p_name text)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(app.sound_setting(k.kind, k.lowest, k.highest, app.setting(null, k.key)), k.default_value)::integer
    from app.setting_kinds() as k
    where k.key = 'qr_limits:' || p_name);
end
$$;

comment on function app.qr_limit(text) is
  'The hotel''s setting qr_limits:<name>, address_per_minute or guest_per_minute; the default where it states none, or nothing sensible.';
