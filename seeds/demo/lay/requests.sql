-- Requests that are under way, from the transaction's setting seed.data (the list of requests), made by the same commands as any.
-- Only for a hotel that has none yet. The development clock goes back for each step and returns at the end.

-- inputs with hours from now as an instant and an address as a member
create or replace function pg_temp.spelled_out(p_input jsonb, p_now timestamptz)
returns jsonb
language sql
stable
as $$
  select p_input || jsonb_strip_nulls(jsonb_build_object(
    'scheduled_for', date_trunc('hour', p_now) + make_interval(hours => (p_input #>> '{scheduled_for,in_hours}')::integer, mins => 10),
    'assignee', (select m.id
                 from identity.users as u
                 join identity.memberships as m on m.user_id = u.id and m.tenant_id = app.tenant_id()
                 where u.email = p_input ->> 'assignee')))
$$;

do $$
declare
  v_shift interval;
  v_now timestamptz;
  v_entry record;
  v_step jsonb;
  v_request_id uuid;
begin
  select c.shift, app.now() into v_shift, v_now from app.clock as c for update;

  for v_entry in
    select e.value as plan, e.ordinality as number, t.id as tenant_id,
           (select b.id
            from public.bookings as b
            join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
            where b.tenant_id = t.id
              and b.idempotency_key like 'demo:%'
              and g.last_name = e.value ->> 'guest'
            order by b.check_in desc
            limit 1) as booking_id
    from jsonb_array_elements(current_setting('seed.data')::jsonb) with ordinality as e
    join public.tenants as t on t.slug = e.value ->> 'tenant'
    where not exists (select from portal.requests as r where r.tenant_id = t.id and r.source not in ('post_checkout', 'daily_cron'))
    order by e.ordinality
  loop
    -- asked for
    update app.clock set shift = v_shift - make_interval(mins => (v_entry.plan ->> 'minutes_ago')::integer);
    if v_entry.plan ? 'guest' then
      perform app.enter_as_guest(v_entry.tenant_id, v_entry.booking_id, null, 'identified');
    else
      perform app.act_as_member(v_entry.plan ->> 'member');
    end if;
    v_request_id := api.portal_submit_request(
      pg_temp.spelled_out(v_entry.plan -> 'request', v_now), 'demo:' || v_entry.number) #>> '{body,request,id}';

    -- and taken on
    for v_step in select s.value from jsonb_array_elements(v_entry.plan -> 'then') as s loop
      update app.clock set shift = v_shift - make_interval(mins => (v_step ->> 'minutes_ago')::integer);
      perform app.act_as_member(v_step ->> 'member');
      if v_step ? 'note' then
        perform api.add_request_comment(v_request_id, v_step ->> 'note', true);
      else
        perform api.portal_update_request_status(
          v_request_id, v_step ->> 'action', null, pg_temp.spelled_out(v_step -> 'input', v_now));
      end if;
    end loop;
  end loop;

  update app.clock set shift = v_shift;
end
$$;
