-- why_not_reached: what keeps a message from a guest, as reception has to know it.
create or replace function app.why_not_reached(p_message public.notification_log)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_message.state <> 'suppressed' then 'not_reached'
    when p_message.error_code = 'guest_has_no_phone' then 'no_address'
    when p_message.error_code in ('suppressed_by_stop', 'no_consent_to_stay_service') then 'wants_none'
    when p_message.error_code in ('no_consent_to_marketing', 'suppressed_by_provider_marketing', 'template_missing', 'template_not_approved') then null
    when p_message.channel = 'email' and p_message.fallback_of is null then 'mail_refused'
    else 'not_reached'
  end;
end
$$;

comment on function app.why_not_reached(public.notification_log) is
  'not_reached: this way did not work; no_address: none is known; wants_none: the guest said so; mail_refused: a formal mail may not leave; null: nobody has to know, marketing is owed to nobody and a template that is not approved has an alert of its own.';
