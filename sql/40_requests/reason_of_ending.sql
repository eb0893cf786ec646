-- reason_of_ending: why a request came to nothing, in the words of who ended it.
-- definer because guests may not read history, where names of members and what was agreed lie too.
create or replace function app.reason_of_ending(p_request_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select nullif(btrim(h.input ->> 'reason'), '')
  from portal.requests as r
  join portal.request_status_history as h on h.tenant_id = r.tenant_id and h.request_id = r.id
  where r.tenant_id = app.tenant_id() and r.id = p_request_id and (app.session_role() <> 'guest' or r.booking_id = app.booking_id())
    and r.phase = 'closed' and r.outcome <> 'success'
  order by h.position desc
  limit 1
$$;

alter function app.reason_of_ending(uuid) owner to engine;
comment on function app.reason_of_ending(uuid) is
  'What was given as the reason of a decline, a cancellation or the like, or one of stay_is_over, stay_dates_changed, guest_never_came, which pages translate; a guest''s own requests only. Null where none was given, and of what went well.';
select app.grant_to_readers('app.reason_of_ending(uuid)');
