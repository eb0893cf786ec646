-- hide_personal: what tells about a guest is put under the guest's key.
-- may:      called by the audit trigger
-- refuses:  nothing
-- then:     nothing
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.hide_personal(p_values jsonb, p_columns text[], p_key bytea)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_values jsonb := p_values;
  v_column text;
  v_iv bytea;
begin
  foreach v_column in array p_columns loop
    continue when p_values ->> v_column is null;
    if p_key is null then
      v_values := v_values || jsonb_build_object(v_column, '•••');
    else
      v_iv := extensions.gen_random_bytes(16);
      v_values := v_values || jsonb_build_object(v_column, jsonb_build_object('encrypted', translate(encode(
        v_iv || extensions.encrypt_iv(convert_to((p_values -> v_column)::text, 'UTF8'), p_key, v_iv, 'aes'), 'base64'), e'\n', '')));
    end if;
  end loop;
  return v_values;
end
$$;

alter function app.hide_personal(jsonb, text[], bytea) owner to auditor;
comment on function app.hide_personal(jsonb, text[], bytea) is
  'The values with each personal one as {"encrypted": …} (AES-256-CBC, a fresh vector each); without a key as "•••". The seals keep what is encrypted from being changed.';
