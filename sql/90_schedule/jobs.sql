-- jobs: what the tick does at each property, when, and how late it is still made up for.
insert into app.jobs (key, position, label, at_time, every, grace, is_on, has_variants)
values
  ('expire_requests', 5, '{"en": "Let requests expire that outlived their stay", "es": "Dejar caducar los pedidos de estancias acabadas"}', '00:05', null, '1 day', true, false),
  ('daily_cleaning', 10, '{"en": "Plan the day''s cleaning", "es": "Planificar la limpieza del día"}', '09:00', null, '6 hours', true, false),
  ('reset_do_not_disturb', 80, '{"en": "End the day''s do-not-disturb", "es": "Retirar los «no molestar» del día"}', '23:59', null, '25 hours', true, false),
  ('lock_menu_orders', 40, '{"en": "Lock menu orders before their time", "es": "Cerrar los pedidos de menú antes de su hora"}', null, '5 minutes', '12 hours', true, false),
  ('send_menu_form', 41, '{"en": "Ask guests what they would like to eat", "es": "Preguntar a los huéspedes qué desean comer"}', '18:00', null, '2 hours', true, true),
  ('send_menu_reminder', 42, '{"en": "Remind guests who have not ordered", "es": "Recordárselo a quien no ha pedido"}', '06:00', null, '1 hour', true, true),
  ('daily_menu_summary', 43, '{"en": "Tell the kitchen the day''s menu orders", "es": "Resumir a cocina los pedidos del día"}', '06:30', null, '6 hours', true, true),
  ('beds24_sweep', 80, '{"en": "Ask Beds24 what has changed", "es": "Preguntar a Beds24 qué ha cambiado"}', null, '10 minutes', '10 minutes', true, true),
  ('report_stuck_requests', 6, '{"en": "Tell teams of requests nobody works on", "es": "Avisar a los equipos de pedidos sin atender"}', null, '10 minutes', '1 hour', true, false),
  ('follow_unheard', 7, '{"en": "Lead on messages of whose arrival nothing is heard", "es": "Dar otro camino a los mensajes sin confirmación de entrega"}', null, '5 minutes', '1 hour', true, false),
  ('ask_for_feedback', 50, '{"en": "Ask guests who have left how it was", "es": "Preguntar a quien se ha ido qué tal fue"}', null, '1 hour', '20 hours', true, false),
  ('retention', 90, '{"en": "Forget what has been kept long enough", "es": "Olvidar lo que ya se ha guardado bastante"}', '03:00', null, '25 hours', true, false)
on conflict (key) do update set
  position = excluded.position, label = excluded.label, at_time = excluded.at_time, every = excluded.every, grace = excluded.grace, is_on = excluded.is_on,
  has_variants = excluded.has_variants;

-- properties that are there already have a new job from now on
do $$
declare
  v_property public.properties;
begin
  for v_property in select p.* from public.properties as p loop
    perform app.plan_jobs(v_property);
  end loop;
end
$$;
