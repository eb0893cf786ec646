-- notification_contents: what the worker hands to a channel.
-- In plpgsql for its plan, which a function in SQL would make anew at each call.
-- real clock: a lease
create or replace function app.notification_contents(p_tenant_ids uuid[], p_ids uuid[])
returns table (
  tenant_id uuid, id uuid, fence bigint, channel text, event_key text, recipient text, language text, variables jsonb,
  sender text, portal_code text, content_name text, content_id text, subject text, body text, template_variables jsonb,
  is_free_text boolean, lease_left double precision, access_token text)
language plpgsql
volatile
set search_path = ''
set enable_seqscan = off
set jit = off
as $$
begin
  return query
    select n.tenant_id, n.id, n.fence, n.channel, n.event_key, n.recipient, n.language,
           case when n.variables ? 'card' then n.variables || jsonb_build_object('card_at', (
             select d.provider_id from public.notification_log as d
             where d.tenant_id = n.tenant_id and d.id = (n.variables ->> 'card')::uuid)) else n.variables end,
           s.address, c.code, t.content_name, t.content_ids ->> n.language, t.subjects ->> n.language,
           coalesce(coalesce(t.bodies, w.bodies) ->> n.language, n.variables ->> 'body'), coalesce(t.variables, w.variables),
           n.channel = 'whatsapp' and t.status is distinct from 'approved',
           extract(epoch from n.lease_until - clock_timestamp())::double precision, x.bot_token
    from unnest(p_tenant_ids, p_ids) as g (tenant_id, id)
    join public.notification_log as n on n.tenant_id = g.tenant_id and n.id = g.id
    left join notify.templates as t on t.tenant_id = n.tenant_id and t.channel = n.channel and t.key = n.template_key
    left join notify.templates as w
      on n.fallback_of is not null and w.tenant_id = n.tenant_id and w.channel = 'whatsapp' and w.key = n.template_key
    left join notify.senders as s on s.tenant_id = n.tenant_id and s.channel = n.channel
    left join notify.slack_access as x on x.tenant_id = n.tenant_id and n.channel = 'slack'
    left join portal.codes as c on c.tenant_id = n.tenant_id and c.booking_id = n.booking_id and n.channel <> 'slack';
end
$$;

comment on function app.notification_contents(uuid[], uuid[]) is
  'Recipient, sender, template and variables of notifications. Of a card that is rewritten, card_at is where it stands at Slack, null while it has not left. The guest''s code is joined here and never stored with the message. subject: of a mail. A fallback without a text of its channel takes the first message''s. is_free_text: no approved template says it, only the 24-hour window lets it leave. lease_left: seconds, null for rows that are not leased. access_token: the hotel''s own, where it has one. Worker only.';
revoke all on function app.notification_contents(uuid[], uuid[]) from public, engine;
