-- platform_notices: what somebody of the platform has to be told about their own sign-ins.
create or replace function app.platform_notices(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('kind', s.ended_because, 'at', s.ended_at) order by s.ended_at), '[]')
  from identity.platform_sessions as s
  where s.user_id = p_user_id and s.ended_because = 'refresh_reused' and s.told_at is null
$$;

comment on function app.platform_notices(uuid) is 'Sessions of a platform user that were ended for them, until they have read it: [{kind, at}].';
