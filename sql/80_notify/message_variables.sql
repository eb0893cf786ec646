-- message_variables: what a message says, in one language and one place's time.
create or replace function app.message_variables(p_request_id uuid, p_variables jsonb, p_language text, p_time_zone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_all jsonb := coalesce(p_variables, '{}');
begin
  if p_request_id is not null and not v_all ? 'number' then
    v_all := v_all || (
      select app.request_variables(r) || v_all
      from portal.requests as r
      where r.tenant_id = app.tenant_id() and r.id = p_request_id);
  end if;
  if v_all ? 'number' then
    v_all := jsonb_build_object('request_number', v_all -> 'number', 'request_title', v_all -> 'title') || v_all;
  end if;

  return (
    select coalesce(jsonb_object_agg(v.key, case
      when v.key = 'lines' and jsonb_typeof(v.value) = 'array' then (
        select jsonb_agg(jsonb_build_object('quantity', l -> 'quantity',
                                            'name', coalesce(l #>> array['name', p_language], l #>> '{name,en}', l ->> 'name')))
        from jsonb_array_elements(v.value) as l)
      when v.key = 'scheduled_for' then to_jsonb(app.moment_text((v.value #>> '{}')::timestamptz, p_time_zone, p_language))
      when v.key in ('check_in', 'check_out') then to_jsonb(app.date_text((v.value #>> '{}')::date, p_language))
      when jsonb_typeof(v.value) = 'object' and v.value ? 'amount' then to_jsonb(
        app.money_text((v.value ->> 'amount')::numeric, v.value ->> 'currency', p_language))
      when jsonb_typeof(v.value) = 'object' and v.value ? 'en' then coalesce(v.value -> p_language, v.value -> 'en')
      else v.value
    end), '{}')
    from jsonb_each(jsonb_strip_nulls(v_all)) as v);
end
$$;

comment on function app.message_variables(uuid, jsonb, text, text) is
  'Variables with {language: text} and {amount, currency} objects resolved, dates and local times in words; of a request also request_number and request_title. What the caller did not give is asked of app.request_variables.';
