-- opt_out_of: which suppression a provider's code means.
create or replace function app.opt_out_of(p_code text)
returns text
language sql
immutable
parallel safe
begin atomic
  select case when p_code in ('21610', '63014') then 'provider' when p_code = '63033' then 'provider_marketing' when p_code = 'no_such_mailbox' then 'bounce' end;
end;

comment on function app.opt_out_of(text) is
  'provider: the person stopped or blocked us there (21610, 63014); provider_marketing: they take no marketing (63033); bounce: the mail server knows no such mailbox; null: it is no opt-out.';
