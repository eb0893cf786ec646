-- begin_audit_epoch: transaction numbers begin anew.
-- may:      called by whoever restores the data, and by seal_audit where nobody did
-- refuses:  nothing
-- then:     what was written before is sealed whole, what is written from here on counts from nothing
create or replace function app.begin_audit_epoch()
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  update app.audit_heads as h set epoch = h.epoch + 1
$$;

alter function app.begin_audit_epoch() owner to auditor;
comment on function app.begin_audit_epoch() is 'To be called after the data was restored into another cluster, before anyone writes.';
revoke all on function app.begin_audit_epoch() from public, engine, service;
