-- answer_beds24_question: a booking was fetched.
-- may:      called by the worker
-- refuses:  nothing
-- then:     what was asked until then is answered; fresh: asked again in a second; gone: told, where we have a booking
-- real clock: the next fetch
create or replace function app.answer_beds24_question(p_tenant_id uuid, p_import_id uuid, p_asked integer, p_outcome text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_import notify.beds24_imports;
  v_is_missed boolean;
begin
  select i.* into v_import from notify.beds24_imports as i where i.tenant_id = p_tenant_id and i.id = p_import_id for no key update;
  v_is_missed := p_outcome = 'gone' and (v_import.booking_id is not null or v_import.block_id is not null);
  update notify.beds24_imports as i
  set answered = case when p_outcome = 'fresh' then i.answered else greatest(i.answered, p_asked) end,
      not_before = case when p_outcome = 'fresh' then clock_timestamp() + interval '1 second' else i.not_before end,
      outcome = case when v_is_missed then 'problem' when p_outcome = 'gone' then 'gone' else i.outcome end,
      problem = case when v_is_missed then 'beds24_booking_gone' when p_outcome = 'gone' then null else i.problem end,
      problem_says = case when v_is_missed then 'Beds24 no longer shows this booking.' when p_outcome = 'gone' then null else i.problem_says end,
      tried_at = clock_timestamp()
  where i.tenant_id = p_tenant_id and i.id = p_import_id;
  if v_is_missed then
    perform app.raise_alert(
      p_tenant_id, v_import.property_id, 'beds24_import', 'high',
      format('Booking %s is no longer at Beds24, and still here.', v_import.beds24_booking_id),
      jsonb_build_object('import_id', p_import_id, 'booking_id', v_import.booking_id, 'problem', 'beds24_booking_gone'),
      'beds24_import:' || p_import_id);
  end if;
end
$$;

comment on function app.answer_beds24_question(uuid, uuid, integer, text) is
  'p_outcome is take_beds24_booking''s answer, or gone. Worker only.';
revoke all on function app.answer_beds24_question(uuid, uuid, integer, text) from public, engine;
