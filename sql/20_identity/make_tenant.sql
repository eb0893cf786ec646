-- make_tenant: a new tenant under a name of its own.
-- may:      called by register_tenant
-- refuses:  slug_is_taken, slug_invalid
-- then:     the transaction stands in the new tenant, and what it writes is its owner's
create or replace function app.make_tenant(p_hotel_name text, p_slug text, p_owner_id uuid, p_owner_name text)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_most constant integer := 20;
  v_id uuid := app.new_id();
  v_slug text := coalesce(p_slug, app.slug_of(p_hotel_name));
begin
  perform app.set_caller(v_id, p_actor_id => p_owner_id, p_actor_name => p_owner_name);
  for v_try in 1..c_most loop
    begin
      insert into public.tenants (id, slug, hotel_name, plan_id)
      select v_id, case v_try when 1 then v_slug else v_slug || '-' || v_try end, btrim(p_hotel_name), p.id
      from (select) as one
      left join public.plans as p on p.name = 'FREE'
      on conflict (slug) do nothing;
    exception
      when check_violation then
        if p_slug is not null or v_try > 1 then
          raise exception 'A hotel cannot be called that in addresses.'
            using errcode = 'PT422', detail = 'slug_invalid', hint = 'Use three to sixty lower case letters, digits and hyphens, and none of our own words.';
        end if;
        continue;
    end;
    if found then
      return v_id;
    end if;
    exit when p_slug is not null;
  end loop;
  raise exception 'Another hotel has this name in addresses.'
    using errcode = 'PT409', detail = 'slug_is_taken', hint = 'Choose another one.';
end
$$;

comment on function app.make_tenant(text, text, uuid, text) is 'The id of a new tenant. A name chosen must be free; one taken from the hotel''s name gets a number where it is not.';
