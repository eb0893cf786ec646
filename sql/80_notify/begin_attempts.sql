-- begin_attempts: the tries about to be made, committed just before the provider is called.
-- Only what is still held under its fence begins, and only with a template that may leave now.
-- real clock: a lease
create or replace function app.begin_attempts(p_tenant_ids uuid[], p_ids uuid[], p_fences bigint[])
returns setof uuid
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set jit = off
as $$
declare
  v_held record;
begin
  -- lock: whoever takes a lease back waits for this commit, and then sees the attempt
  perform from public.notification_log as n
  join unnest(p_tenant_ids, p_ids) as g (tenant_id, id) on n.tenant_id = g.tenant_id and n.id = g.id
  order by n.tenant_id, n.id
  for no key update of n;

  -- what may not leave any more, and somebody hears of it
  for v_held in
    update public.notification_log as n
    set state = 'suppressed', error_code = 'template_not_approved', lease_until = null, updated_at = app.now()
    from unnest(p_tenant_ids, p_ids, p_fences) as g (tenant_id, id, fence)
    where n.tenant_id = g.tenant_id and n.id = g.id and n.fence = g.fence and n.state = 'sending'
      and n.template_key is not null
      and not exists (
        select from notify.templates as t
        where t.tenant_id = n.tenant_id and t.key = n.template_key
          and (t.channel = n.channel and t.status = 'approved'
               -- in the words of the first message, which a phone network or a mail server does not have to approve
               or t.channel = 'whatsapp' and n.fallback_of is not null))
    returning n.tenant_id, n.template_key
  loop
    perform app.raise_template_alert(v_held.tenant_id, v_held.template_key);
  end loop;

  return query
    insert into public.notification_attempts (tenant_id, notification_id, fence, number)
    select n.tenant_id, n.id, n.fence, n.attempt_count + 1
    from unnest(p_tenant_ids, p_ids, p_fences) as g (tenant_id, id, fence)
    join public.notification_log as n on n.tenant_id = g.tenant_id and n.id = g.id
    where n.fence = g.fence and n.state = 'sending' and n.lease_until > clock_timestamp()
    returning notification_id;
end
$$;

comment on function app.begin_attempts(uuid[], uuid[], bigint[]) is
  'Writes the attempt rows of claimed notifications and returns those that may be sent now. Worker only.';
revoke all on function app.begin_attempts(uuid[], uuid[], bigint[]) from public, engine;
