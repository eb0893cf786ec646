-- answers_of_request: what a guest answered to the questions of the kind that was chosen.
-- definer because guests may not read a request's details, where what was quoted and agreed lies too.
create or replace function app.answers_of_request(p_request_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('label', app.label(f.value -> 'label'), 'answer', a.answer) order by f.key desc), '[]')
  from portal.requests as r
  join portal.request_types as t on t.tenant_id = r.tenant_id and t.id = r.request_type_id
  cross join jsonb_each(app.asks_of_subtype(t, r.subtype)) as f
  cross join lateral (
    select case f.value ->> 'type'
      when 'text' then nullif(btrim(r.details ->> f.key), '')
      else app.wish_text(jsonb_populate_record(t, jsonb_build_object('subtypes', jsonb_build_array(
             jsonb_build_object('key', r.subtype, 'asks', jsonb_build_object(f.key, f.value))))), r.subtype, r.details, app.language())
    end as answer) as a
  where r.tenant_id = app.tenant_id() and r.id = p_request_id and (app.session_role() <> 'guest' or r.booking_id = app.booking_id())
    and a.answer is not null
$$;

alter function app.answers_of_request(uuid) owner to engine;
comment on function app.answers_of_request(uuid) is
  '[{label, answer}] in the viewer''s language for the fields of the request''s subtype that were answered; a guest''s own requests only. [] where the subtype asks nothing.';
select app.grant_to_readers('app.answers_of_request(uuid)');
