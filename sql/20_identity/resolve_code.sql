-- resolve_code: from six characters to a tenant and a booking.
-- definer because no tenant is known yet; owned by resolver, which sees nothing else.
create or replace function app.resolve_code(p_code text)
returns table (tenant_id uuid, booking_id uuid)
language sql
stable
security definer
set search_path = ''
as $$
  select c.tenant_id, c.booking_id
  from portal.codes as c
  where c.code = upper(regexp_replace(p_code, '[\s-]', '', 'g'))
$$;

alter function app.resolve_code(text) owner to resolver;
comment on function app.resolve_code(text) is 'Tenant and booking of a code, case, spaces and hyphens forgiven. Dead codes are found too: whether one lives is the caller''s question.';
