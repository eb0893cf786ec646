-- request_track: how far a request has come on its usual path.
create or replace function app.request_track(p_workflow jsonb, p_status text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object(
      'key', s.key,
      'label', app.label(coalesce(p_workflow #> array['statuses', s.key, 'guest_label'], p_workflow #> array['statuses', s.key, 'label'])),
      'done', s.place < here.place,
      'current', s.place = here.place)
    order by s.place), '[]')
  from jsonb_array_elements_text(p_workflow -> 'path') with ordinality as s (key, place)
  left join (
    select p.place
    from jsonb_array_elements_text(p_workflow -> 'path') with ordinality as p (key, place)
    where p.key = coalesce(p_workflow #>> array['statuses', p_status, 'step'], p_status)
  ) as here on true;
end;

comment on function app.request_track(jsonb, text) is
  'The workflow''s path as [{key, label, done, current}]. A status off the path stands at its "step"; one with neither (declined, cancelled) has no current step.';
select app.grant_to_readers('app.request_track(jsonb, text)');
