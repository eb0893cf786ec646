// Live view: on every "changed" the parts that change are fetched for the present address and exchanged where they
// differ. Without this script the page works by links, forms and reloads.

const parts = ["conversations", "head", "thread", "armed", "armed-count"];
const fetchedParts = { headers: { "Sandbox-Part": "live" }, cache: "no-store" };
let stream = null;
let isAsking = false;
let isStale = false;

function localTimes(root) {
  const today = new Date().toDateString();
  for (const time of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const day = moment.toDateString() === today ? {} : { day: "numeric", month: "short" };
    time.textContent = moment.toLocaleString(document.documentElement.lang, { ...day, ...clock });
    time.title = moment.toLocaleString(document.documentElement.lang);
  }
}

function exchange(fresh) {
  for (const id of parts) {
    const [old, next] = [document.getElementById(id), fresh.getElementById(id)];
    if (!old || !next) continue;
    localTimes(next);
    if (old.innerHTML === next.innerHTML && old.className === next.className) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const same = focused && [...next.querySelectorAll(focused.tagName)].find((e) => twin(e, focused));
    old.className = next.className;
    old.replaceChildren(...next.childNodes);
    same?.focus({ preventScroll: true });
  }
}

function twin(one, other) {
  return one.getAttribute("href") === other.getAttribute("href") && one.name === other.name && one.value === other.value;
}

async function refresh() {
  if (isAsking) {
    isStale = true;
    return;
  }
  isAsking = true;
  try {
    const answer = await fetch(location.href, fetchedParts);
    if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } finally {
    isAsking = false;
  }
  if (isStale) {
    isStale = false;
    await refresh();
  }
}

function follow() {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream) {
    stream = new EventSource("/sandbox/stream");
    stream.addEventListener("changed", refresh);
    stream.addEventListener("open", refresh);
  }
}

localTimes(document);
if (matchMedia("(max-width: 1100px)").matches) document.getElementById("faults").open = false;
document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", () => stream?.close());
follow();
