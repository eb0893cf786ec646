-- publish_request_type: checks a document and writes type and version.
-- may:      called by publish_workflow and copy_request_types
-- refuses:  workflow_is_not_sound, status_keys_are_immutable, tax_code_missing
-- then:     the type follows the document; a new version when the workflow differs
create or replace function app.publish_request_type(p_type jsonb, p_reference_digest bytea)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_problems text[];
  v_type portal.request_types;
  v_version portal.workflow_versions;
  v_lost text;
begin
  begin
    v_problems := app.workflow_problems(p_type);
  exception
    when invalid_parameter_value then
      v_problems := array['A list stands where an object belongs, or the other way round.'];
  end;
  if cardinality(v_problems) > 0 then
    raise exception 'The workflow of "%" cannot be published.', app.printed(p_type ->> 'slug')
      using errcode = 'PT422', detail = 'workflow_is_not_sound', hint = array_to_string(v_problems, ' ');
  end if;

  insert into portal.request_types as t (
    tenant_id, slug, label, guest_label, icon, position, team_key, feature, charge_category, needs_identified, takes_items,
    catalog_kind, asks, subtypes, is_offered, stuck_minutes, reference_digest, updated_at)
  values (
    app.tenant_id(), p_type ->> 'slug', p_type -> 'label', coalesce(p_type -> 'guest_label', p_type -> 'label'), coalesce(p_type ->> 'icon', 'bell'),
    coalesce((p_type ->> 'position')::integer, 0), p_type ->> 'team', p_type ->> 'feature', p_type ->> 'charge_category',
    coalesce((p_type ->> 'needs_identified')::boolean, false), coalesce(p_type ->> 'takes_items', 'none'), p_type ->> 'catalog_kind',
    coalesce(p_type -> 'asks', '{}'), coalesce(p_type -> 'subtypes', '[]'), coalesce((p_type ->> 'is_offered')::boolean, true),
    coalesce((p_type ->> 'stuck_minutes')::integer, 240), p_reference_digest, app.now())
  on conflict (tenant_id, slug) do update set
    label = excluded.label, guest_label = excluded.guest_label, icon = excluded.icon, position = excluded.position, team_key = excluded.team_key,
    feature = excluded.feature, charge_category = excluded.charge_category, needs_identified = excluded.needs_identified,
    takes_items = excluded.takes_items, catalog_kind = excluded.catalog_kind, asks = excluded.asks, subtypes = excluded.subtypes,
    is_offered = excluded.is_offered, stuck_minutes = excluded.stuck_minutes, reference_digest = excluded.reference_digest, updated_at = excluded.updated_at
  returning * into v_type;

  select v.* into v_version from portal.workflow_versions as v where v.tenant_id = v_type.tenant_id and v.id = v_type.current_version_id;
  if v_version.workflow = p_type -> 'workflow' then
    return jsonb_build_object('type_slug', v_type.slug, 'version', v_version.version, 'is_new', false);
  end if;

  select string_agg(distinct u.status, ', ') into v_lost
  from (select r.status from portal.requests as r where r.tenant_id = v_type.tenant_id and r.request_type_id = v_type.id
        union
        select h.to_status
        from portal.request_status_history as h
        join portal.requests as r on r.tenant_id = h.tenant_id and r.id = h.request_id
        where h.tenant_id = v_type.tenant_id and r.request_type_id = v_type.id
        -- a message named after the type and a status, as cleaning_done is, uses its key
        union
        select s.key
        from notify.templates as t
        join lateral jsonb_object_keys(v_version.workflow -> 'statuses') as s (key) on t.key = v_type.slug || '_' || s.key
        where t.tenant_id = v_type.tenant_id) as u
  where not (p_type #> '{workflow,statuses}') ? u.status;
  if v_lost is not null then
    raise exception 'Requests or messages use the status keys %; they cannot be renamed or removed.', app.printed(v_lost)
      using errcode = 'PT409', detail = 'status_keys_are_immutable', hint = 'Change the labels, keep the keys.';
  end if;
  perform app.require_tax_codes(p_type);

  insert into portal.workflow_versions (tenant_id, request_type_id, version, workflow, published_by, published_at)
  values (v_type.tenant_id, v_type.id, coalesce(v_version.version, 0) + 1, p_type -> 'workflow', app.actor_id(), app.now())
  returning * into v_version;
  update portal.request_types as t set current_version_id = v_version.id
  where t.tenant_id = v_type.tenant_id and t.id = v_type.id;
  return jsonb_build_object('type_slug', v_type.slug, 'version', v_version.version, 'is_new', true);
end
$$;

comment on function app.publish_request_type(jsonb, bytea) is
  'Writes a request type''s document and, when its workflow differs, the next version. The digest marks an untouched copy of the seed; null an edited one.';
