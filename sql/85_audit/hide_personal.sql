-- hide_personal: what tells about a guest is put under the guest's key.
-- may:      called by the audit trigger
-- refuses:  nothing
-- then:     nothing
create or replace function app.hide_personal(p_values jsonb, p_columns text[], p_key bytea)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(o.key, case
    when o.value = 'null' or o.key <> all (p_columns) then o.value
    when p_key is null then '"•••"'
    else (select jsonb_build_object('encrypted', translate(encode(
            i.iv || extensions.encrypt_iv(convert_to(o.value::text, 'UTF8'), p_key, i.iv, 'aes'), 'base64'), e'\n', ''))
          from (select extensions.gen_random_bytes(16) as iv where o.key is not null) as i)
  end), p_values)
  from jsonb_each(p_values) as o
$$;

alter function app.hide_personal(jsonb, text[], bytea) owner to auditor;
comment on function app.hide_personal(jsonb, text[], bytea) is
  'The values with each personal one as {"encrypted": …} (AES-256-CBC, a fresh vector each); without a key as "•••". The seals keep what is encrypted from being changed.';
