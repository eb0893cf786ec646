// A member at work with supabase-js, and postgrest-js alone: what each answers goes out as one JSON object.
import { createClient } from "@supabase/supabase-js";
import { PostgrestClient } from "@supabase/postgrest-js";

const { URL_OF_HOTEL: url, PUBLISHABLE_KEY: key, TOKEN: token, GUEST_TOKEN: guestToken, BOOKING: booking } = process.env;

const as = (session) =>
  createClient(url, key, {
    db: { schema: "api" },
    accessToken: async () => session,
    realtime: { transport: class {} },
  });
const hotel = as(token);
const stranger = createClient(url, key, { db: { schema: "api" }, auth: { persistSession: false, autoRefreshToken: false } });

const said = {};
said.anonymous = await stranger.from("requests").select("id");
said.unknown_code = await stranger.rpc("portal_resolve_code", { p_code: "AAAAAA" });

said.select = await hotel.from("properties").select("id, code, currency").order("code");
said.filter = await hotel.from("requests").select("number, phase", { count: "exact" }).eq("property_code", "FSL").neq("phase", "closed").limit(3);
said.rpc = await hotel.rpc("set_language", { p_language: "en" });
said.rpc_by_get = await hotel.rpc("request_actions", { p_request_id: crypto.randomUUID() }, { get: true });

const [house] = said.select.data.filter((one) => one.code === "FSL");
const { data: [cola] } = await hotel.from("catalog_items").select("kind, category").eq("sku", "cola").limit(1);
said.insert = await hotel
  .from("catalog_items")
  .insert({ ...cola, property_id: house.id, sku: process.env.SKU, name: { en: "Lassi" }, price: "350.00", currency: house.currency })
  .select("sku, price, stock")
  .single();
said.insert_refused = await hotel.from("requests").insert({ number: "FSL-1" });

const charge = { booking_id: booking, category: "laundry", description: "Two shirts", quantity: 1, unit_price: "1160.00" };
said.invoke = await hotel.functions.invoke("post-charge", { body: charge, headers: { "Idempotency-Key": crypto.randomUUID() } });
const refused = await as(guestToken).functions.invoke("post-charge", { body: charge, headers: { "Idempotency-Key": crypto.randomUUID() } });
said.invoke_refused = { status: refused.error?.context?.status, error: await refused.error?.context?.json() };

const plain = new PostgrestClient(`${url}/rest/v1`, { headers: { apikey: key, Authorization: `Bearer ${guestToken}` }, schema: "api" });
said.postgrest = await plain.from("portal_stay").select("room_number, guest_first_name").single();

console.log(JSON.stringify(said));
