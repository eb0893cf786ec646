-- broken_records: rows of the tenant that no rule should have let be.
-- may:      called by invariants
-- refuses:  nothing
-- then:     nothing
create or replace function app.broken_records()
returns table (invariant text, what text)
language sql
stable
set search_path = ''
as $$
  select 'a_code_resolves_to_exactly_one_booking', c.code
  from portal.codes as c
  cross join lateral (select count(*) as bookings from app.resolve_code(c.code)) as r
  where c.tenant_id = app.tenant_id() and r.bookings <> 1
  union all
  select 'codes_are_never_reused', a.row_key ->> 'id'
  from public.audit_log as a
  where a.tenant_id = app.tenant_id() and a.table_name = 'portal.codes' and a.operation <> 'INSERT'
  union all
  select 'status_changes_always_leave_history', r.number
  from portal.requests as r
  where r.tenant_id = app.tenant_id() and (
    (select count(*) from portal.request_status_history as h
     where h.tenant_id = r.tenant_id and h.request_id = r.id and h.from_status is null) <> 1
    or not exists (select from portal.request_status_history as h
                   where h.tenant_id = r.tenant_id and h.request_id = r.id and h.to_status = r.status)
    or exists (
      select from portal.request_status_history as h
      where h.tenant_id = r.tenant_id and h.request_id = r.id and h.from_status is not null
        and not exists (select from portal.request_status_history as p
                        where p.tenant_id = h.tenant_id and p.request_id = h.request_id and p.to_status = h.from_status)))
  union all
  select distinct 'status_keys_are_immutable', t.slug || ' ' || u.status
  from portal.request_types as t
  join portal.workflow_versions as v on v.tenant_id = t.tenant_id and v.id = t.current_version_id
  join (select r.tenant_id, r.request_type_id, r.status from portal.requests as r
        union
        select r.tenant_id, r.request_type_id, h.to_status
        from portal.request_status_history as h
        join portal.requests as r on r.tenant_id = h.tenant_id and r.id = h.request_id) as u
    on u.tenant_id = t.tenant_id and u.request_type_id = t.id
  where t.tenant_id = app.tenant_id() and not v.workflow -> 'statuses' ? u.status
  union all
  select 'a_room_is_never_booked_twice', r.room_number || ' ' || greatest(a.starts_on, b.starts_on)
  from public.stays as a
  join public.stays as b on b.tenant_id = a.tenant_id and b.room_id = a.room_id and b.id > a.id and b.slots && a.slots
  join public.rooms as r on r.tenant_id = a.tenant_id and r.id = a.room_id
  where a.tenant_id = app.tenant_id() and a.released_at is null and b.released_at is null
  union all
  select 'a_notification_is_queued_with_its_cause', r.number
  from portal.requests as r
  join portal.request_types as t on t.tenant_id = r.tenant_id and t.id = r.request_type_id
  cross join lateral (
    select bool_or(n.channel = 'slack' and n.event_key = 'request_received') as team,
           bool_or(n.channel = 'whatsapp' and n.event_key = 'request_received') as guest,
           bool_or(n.event_key = 'request_done') as done
    from public.notification_log as n
    where n.tenant_id = r.tenant_id and n.request_id = r.id) as told
  where r.tenant_id = app.tenant_id()
    and (told.team is not true
         or r.booking_id is not null and t.feature is not null
            and (told.guest is not true or r.outcome = 'success' and told.done is not true))
  union all
  select 'nothing_known_is_sent_twice', n.dedupe_key
  from public.notification_log as n
  where n.tenant_id = app.tenant_id()
  group by n.dedupe_key
  having count(*) > 1
  union all
  select 'postings_are_never_changed', a.table_name || ' ' || (a.row_key ->> 'id')
  from public.audit_log as a
  where a.tenant_id = app.tenant_id() and a.table_name in ('public.charges', 'public.charge_taxes') and a.operation <> 'INSERT'
  union all
  select 'no_session_crosses_its_type', s.id::text
  from identity.sessions as s
  join identity.memberships as m on m.tenant_id = s.tenant_id and m.id = s.membership_id
  where s.tenant_id = app.tenant_id() and s.ended_at is null and s.expires_at > app.now() and s.session_type <> m.session_type
$$;

comment on function app.broken_records() is 'What violates an invariant in the tenant''s rows: its name, and the row as people know it.';
