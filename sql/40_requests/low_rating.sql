-- low_rating: up to which mark feedback is a complaint, for the guest's page too.
-- definer because guests have no right on app_settings.
create or replace function app.low_rating(p_property_id uuid)
returns integer
language sql
stable
security definer
set search_path = ''
as $$
  select (app.setting(p_property_id, 'low_rating', '2') #>> '{}')::integer
$$;

alter function app.low_rating(uuid) owner to engine;
comment on function app.low_rating(uuid) is 'The setting low_rating (2) of a property of the transaction''s tenant: marks from 1 to it become a complaint; 0 is none.';
select app.grant_to_readers('app.low_rating(uuid)');
