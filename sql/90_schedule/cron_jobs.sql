-- cron_jobs: pg_cron calls the tick each minute. A database without pg_cron is ticked by the worker.
do $$
begin
  if exists (select from pg_catalog.pg_extension where extname = 'pg_cron') then
    perform cron.schedule('staybase-tick', '* * * * *', 'select app.tick()');
  end if;
end
$$;
