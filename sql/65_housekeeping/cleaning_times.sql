-- cleaning_times: when a property cleans rooms, for the guest's page too.
-- definer because guests have no right on app_settings.
create or replace function app.cleaning_times(p_property_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_hours jsonb;
begin
  v_hours := app.setting(p_property_id, 'cleaning_hours', '{"from": "08:00", "until": "18:00"}');
  return jsonb_build_object('house', app.setting(p_property_id, 'cleaning_time', '"10:00"'), 'from', v_hours -> 'from', 'until', v_hours -> 'until');
end
$$;

alter function app.cleaning_times(uuid) owner to engine;
comment on function app.cleaning_times(uuid) is 'The settings cleaning_time (10:00) and cleaning_hours (08:00 to 18:00) of a property of the transaction''s tenant: {house, from, until}, local.';
select app.grant_to_readers('app.cleaning_times(uuid)');
