-- claim_attachments: files that are fetched, or removed, now.
-- real clock: a lease
create or replace function app.claim_attachments(p_limit integer)
returns table (tenant_id uuid, id uuid, source_url text, content_type text, is_forgotten boolean)
language sql
volatile
set search_path = ''
as $$
  update portal.request_attachments as a
  set next_try_at = clock_timestamp() + interval '2 minutes' * power(2, least(a.try_count, 8)), try_count = a.try_count + 1
  where a.ctid = any (array(
    select d.ctid
    from portal.request_attachments as d
    where d.state in ('waiting', 'forgotten') and d.next_try_at <= clock_timestamp()
    order by d.next_try_at
    limit p_limit
    for update skip locked))
  returning a.tenant_id, a.id, a.source_url, a.content_type, a.state = 'forgotten'
$$;

comment on function app.claim_attachments(integer) is 'Claims due attachments; one that nobody reports comes back after a growing while. Worker only.';
revoke all on function app.claim_attachments(integer) from public, engine;
