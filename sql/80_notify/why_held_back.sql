-- why_held_back: why a message to a guest does not leave now.
-- One function asks them all, in this order: suppression, consent, template and window, quiet hours.
create or replace function app.why_held_back(p_row public.notification_log, out reason text, out until timestamptz)
returns record
language plpgsql
stable
set search_path = ''
as $$
declare
  v_template record;
begin
  select t.category, t.status into v_template
  from notify.templates as t
  where t.tenant_id = p_row.tenant_id and t.key = p_row.template_key
    and (t.channel = p_row.channel or p_row.fallback_of is not null and t.channel = 'whatsapp')
  order by t.channel <> p_row.channel
  limit 1;

  reason := coalesce(
    app.suppression_of(p_row.tenant_id, p_row.recipient, v_template.category, p_row.is_answer),
    app.consent_missing_for(p_row.tenant_id, p_row.recipient, v_template.category, p_row.is_answer));
  -- a phone network or a mail server does not have to approve the words of the first message
  if reason is null and v_template.status is distinct from 'approved' and p_row.fallback_of is null and (
       p_row.channel = 'whatsapp' or p_row.template_key is not null)
     and not (p_row.channel = 'whatsapp' and app.window_until(p_row.tenant_id, p_row.recipient) is not null) then
    reason := case when p_row.template_key is null then 'window_closed' else 'template_not_approved' end;
  end if;
  if reason is null and p_row.channel <> 'email' and not app.is_urgent_message(p_row, v_template.category) then
    until := app.quiet_until(p_row.tenant_id, p_row.property_id, app.now());
    reason := case when until is not null then 'quiet_hours' end;
  end if;
end
$$;

comment on function app.why_held_back(public.notification_log) is
  'The reason, and with quiet_hours the instant at which they end; null: it may leave. Without an approved template a WhatsApp message leaves inside the 24-hour window, as free text.';
