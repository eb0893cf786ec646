"""The closed lists: what the catalog's rules find and the house means so."""

ALLOWED: dict[str, set[str]] = {
    # Belongs to the house, not to a tenant.
    "every_table_has_an_owner": {
        "public.tenants",
        "public.plans",
        "identity.users",
        "identity.permissions",
        "identity.login_locks",
        "identity.registrations",
        "identity.platform_users",
        "identity.platform_sessions",
        "identity.platform_secrets",
        "identity.qr_purposes",
        "notify.channels",
        "notify.workers",
        "app.reference_data",
        "app.clock",
        "app.limits",
        "app.platform_alerts",
        "app.jobs",
        "app.last_tick",
        "app.applied_files",
        "app.applied_objects",
    },
    # What resolvers look up before a tenant is known.
    "every_key_leads_with_the_tenant": {
        "identity.refresh_tokens(digest)",
        "identity.qr_tokens(digest)",
        "portal.codes(code)",
        "notify.senders(channel, address)",
    },
    # Definers that engine, resolver and auditor do not own: each says why in its file.
    "every_command_belongs_to_engine": {
        "app.now",
        "app.tick",
        "app.blank_request_words",
        "app.development_cast",
        "app.tg_bookings__covered",
        "app.tg_stays__cover_booking",
    },
    # Pure helpers that would not inline with a SET clause.
    "every_function_pins_its_search_path": {
        "app.new_id",
        "app.notification_rank",
    },
    "api_roles_reach_only_the_api": {"hook.pre_request"},
    # The hook that says who calls, and the command that raises its own session's level.
    "nothing_exposed_sets_the_caller": {"hook.pre_request", "api.portal_confirm_identity"},
    # Lists that all members (or guests) of a tenant read whole, the house's own, and what platform sees to.
    "every_open_policy_is_meant": {
        "tenants members_read to staff",
        "tenants members_read to admin",
        "tenants members_read to kiosk",
        "tenants platform_reads to platform",
        "plans everyone_reads to admin",
        "plans everyone_reads to platform",
        "hotel_configs members_read to staff",
        "hotel_configs members_read to admin",
        "hotel_configs members_read to kiosk",
        "identity.memberships members_read to staff",
        "identity.memberships members_read to admin",
        "identity.permissions everyone_reads to staff",
        "identity.permissions everyone_reads to admin",
        "identity.qr_purposes everyone_reads to staff",
        "identity.qr_purposes everyone_reads to admin",
        "portal.request_types members_read to staff",
        "portal.request_types members_read to admin",
        "portal.workflow_versions members_read to staff",
        "portal.workflow_versions members_read to admin",
        "portal.workflow_versions guest_reads to guest",
        "portal.catalog_categories members_read to staff",
        "portal.catalog_categories members_read to admin",
        "portal.catalog_categories guest_reads to guest",
        "kiosk.kiosks platform_reads_health to platform",
    },
    # The catalogue is plain settings; its stock is not among the columns.
    "api_roles_write_by_command": {
        f"{schema}.catalog_items {write} by {role}"
        for schema in ("portal", "api")
        for write in ("insert", "update")
        for role in ("staff", "admin")
    },
    "the_resolver_sees_only_what_leads_to_a_tenant": {
        "portal.codes.tenant_id",
        "portal.codes.booking_id",
        "portal.codes.code",
        "identity.refresh_tokens.tenant_id",
        "identity.refresh_tokens.session_id",
        "identity.refresh_tokens.digest",
        "identity.qr_tokens.tenant_id",
        "identity.qr_tokens.id",
        "identity.qr_tokens.digest",
        "identity.users.id",
        "identity.users.email",
        "identity.memberships.tenant_id",
        "identity.memberships.id",
        "identity.memberships.user_id",
        "identity.memberships.is_active",
        "identity.login_attempts.tenant_id",
        "identity.login_attempts.outcome",
        "identity.login_attempts.address",
        "identity.login_attempts.at",
    },
}
