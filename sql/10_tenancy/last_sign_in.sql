-- last_sign_in: when a member last signed in to this hotel.
-- definer because nobody reads sessions.
create or replace function app.last_sign_in(p_membership_id uuid)
returns timestamptz
language sql
stable
security definer
set search_path = ''
as $$
  select max(s.created_at)
  from identity.sessions as s
  where s.tenant_id = app.tenant_id() and s.membership_id = p_membership_id and app.can('hotel:staff:write')
$$;

alter function app.last_sign_in(uuid) owner to engine;
comment on function app.last_sign_in(uuid) is 'Start of a member''s latest session; null before the first, and for whoever may not manage staff.';
grant execute on function app.last_sign_in(uuid) to admin;
