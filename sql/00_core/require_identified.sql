-- require_identified: money and personal data need the second fact.
-- may:      called by commands
-- refuses:  second_fact_needed
-- then:     nothing
create or replace function app.require_identified()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if app.session_role() = 'guest' and app.level() is distinct from 'identified' then
    raise exception 'Please confirm who you are first.'
      using errcode = 'PT403', detail = 'second_fact_needed',
            hint = 'Give your last name, or the last four digits of your phone, once on this device.';
  end if;
end
$$;

comment on function app.require_identified() is 'Refuses a guest whose session is not identified. Members need no second fact.';
