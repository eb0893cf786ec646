-- settle_operator_mail: what came of a mail to who runs the installation.
-- may:      the worker that claimed it
-- refuses:  nothing
-- then:     sent, unknown (and never sent again), or failed and tried again after 1, 2, 4 … 60 minutes
-- real clock: the mail server answered when it did
create or replace function app.settle_operator_mail(p_id uuid, p_state text, p_error_code text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update app.operator_mails as m
  set state = p_state, error_code = p_error_code,
      next_try_at = case when p_state = 'failed' then clock_timestamp() + least(power(2, m.tries - 1), 60) * interval '1 minute' end
  where m.id = p_id and m.state = 'sending';
end
$$;

comment on function app.settle_operator_mail(uuid, text, text) is 'p_state: sent, failed (the server definitely did not take it) or unknown. Worker only.';
revoke all on function app.settle_operator_mail(uuid, text, text) from public, engine;
grant execute on function app.settle_operator_mail(uuid, text, text) to service;
