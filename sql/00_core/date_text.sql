-- date_text: a date as a message writes it.
-- Names stand here and not in lc_time: a server knows the languages that its system was given.
create or replace function app.date_text(p_on date, p_language text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_day integer := extract(isodow from p_on);
  v_month integer := extract(month from p_on);
begin
  if p_language = 'es' then
    return ('{lunes,martes,miércoles,jueves,viernes,sábado,domingo}'::text[])[v_day]
      || to_char(p_on, ' FMDD "de" ')
      || ('{enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre}'::text[])[v_month];
  elsif p_language = 'ur' then
    return ('{پیر,منگل,بدھ,جمعرات,جمعہ,ہفتہ,اتوار}'::text[])[v_day]
      || to_char(p_on, ' FMDD ')
      || ('{جنوری,فروری,مارچ,اپریل,مئی,جون,جولائی,اگست,ستمبر,اکتوبر,نومبر,دسمبر}'::text[])[v_month];
  end if;
  return ('{Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday}'::text[])[v_day]
    || to_char(p_on, ' FMDD ')
    || ('{January,February,March,April,May,June,July,August,September,October,November,December}'::text[])[v_month];
end
$$;

comment on function app.date_text(date, text) is 'A date for a text message: Sunday 27 April, domingo 27 de abril, and in Urdu. Other languages write as English does.';
