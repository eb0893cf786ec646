/* The inbox while it is open: asks once for what changed, keeps what is being typed, obeys keys.
   Every page works without this file. */
(() => {
  document.documentElement.dataset.scripted = "";
  const inbox = document.getElementById("inbox");
  const stream = document.getElementById("stream");
  if (!inbox || !stream) return;

  const $ = (selector, from = document) => from.querySelector(selector);
  const words = document.getElementById("words").dataset;
  const remembered = (key) => localStorage.getItem(key) !== "off";

  /* ── What changed: gathered for a moment, then asked for in one go, never two at a time ── */
  const GATHER = 120;
  const PAUSE = 700;
  const changed = new Set();
  let timer = 0;
  let asking = false;
  let asked = "";
  let last = 0;
  let pause = PAUSE;
  let missed = false;
  let dropped = false;
  let stated;

  const soon = () => {
    if (timer || asking || !changed.size) return;
    timer = setTimeout(ask, Math.max(GATHER, last + pause - performance.now()));
  };

  const expected = () => $("#form form")?.dataset.expected ?? "";

  const ask = async () => {
    timer = 0;
    asking = true;
    missed = false;
    dropped = false;
    last = performance.now();
    const ids = [...changed].slice(0, 60);
    ids.forEach((id) => changed.delete(id));
    asked = location.search;
    const opened = $("#pane")?.dataset.request ?? "";
    const query = new URLSearchParams(asked);
    query.set("shown", ids.filter((id) => document.getElementById(`r-${id}`)).join());
    query.set("fresh", ids.filter((id) => !document.getElementById(`r-${id}`)).join());
    query.set("until", $("#more")?.dataset.until ?? "");
    query.set("selected", opened);
    stated = ids.includes(opened) ? expected() : undefined;
    if (stated !== undefined) {
      query.set("open", opened);
      query.set("status", stated);
    }
    try {
      await htmx.ajax("GET", `/app/inbox/live?${query}`, { source: "#live", target: "#live", swap: "none" });
    } finally {
      asking = false;
      pause = missed ? Math.min(pause * 2, 10000) : PAUSE;
      if (missed || dropped || asked !== location.search) ids.forEach((id) => changed.add(id));
      soon();
    }
  };

  /* What got no answer is asked for again, each time a little later. */
  const live = document.getElementById("live");
  live.addEventListener("htmx:error", () => (missed = true));
  live.addEventListener("htmx:response:error", (event) => (missed ||= event.detail.ctx.response.status >= 500));

  /* An answer that comes after one has turned to another view, or has sent the form it speaks of, is out of date: it
     is asked for again. */
  document.addEventListener("htmx:before:swap", (event) => {
    if (event.target.id !== "live") return;
    dropped = asked !== location.search || (stated !== undefined && stated !== expected());
    if (dropped) event.preventDefault();
  });

  /* After a gap the stream cannot bridge, everything that is on the page is asked for again. */
  const catchUp = () => {
    document.querySelectorAll("#rows > .req").forEach((row) => changed.add(row.id.slice(2)));
    const opened = $("#pane")?.dataset.request;
    if (opened) changed.add(opened);
    soon();
  };

  /* ── The stream ── */
  const offline = document.getElementById("offline");
  const fresh = new Set();
  let down = 0;

  const lost = () => {
    delete document.documentElement.dataset.live;
    down ||= setTimeout(() => (offline.hidden = false), 1500);
  };
  const found = () => {
    document.documentElement.dataset.live = "";
    clearTimeout(down);
    down = 0;
    offline.hidden = true;
  };

  stream.addEventListener("htmx:sse:before:message", (event) => {
    event.detail.cancelled = true;
    let happened;
    try {
      happened = JSON.parse(event.detail.message.data);
    } catch {
      return;
    }
    if (!happened.request_id) return;
    if (happened.topic === "request.created") fresh.add(happened.request_id);
    changed.add(happened.request_id);
    soon();
  });
  stream.addEventListener("htmx:sse:before:connection", (event) => event.detail.connection.attempt && lost());
  stream.addEventListener("htmx:sse:error", (event) => {
    lost();
    if (event.detail.status === 401) catchUp(); // the session has ended: what is asked for now says so
  });
  stream.addEventListener("htmx:sse:after:connection", (event) => {
    if (!offline.hidden && !event.detail.connection.lastEventId) catchUp();
    found();
  });
  const again = () => {
    lost();
    setTimeout(() => htmx.trigger(stream, "again"), 2000);
  };
  stream.addEventListener("htmx:error", again);
  stream.addEventListener("htmx:response:error", (event) => {
    if (event.detail.ctx.response.status !== 401) again();
  });

  /* ── A new request: a dot and a moment of colour, a quiet tone, a word for screen readers ── */
  let audio;
  let unseen = 0;
  const title = () => document.title.replace(/^\(\d+\) /, "");

  const chime = () => {
    if (!remembered("sound") || audio?.state !== "running") return;
    for (const [pitch, at] of [[660, 0], [880, 0.12]]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + at;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.05, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.3);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.32);
    }
  };
  const wake = () => (audio ??= new AudioContext()).resume();
  addEventListener("pointerdown", wake, { once: true });
  addEventListener("keydown", wake, { once: true });

  const announce = () => {
    const rows = [...fresh].map((id) => document.getElementById(`r-${id}`)).filter(Boolean);
    fresh.clear();
    if (!rows.length) return;
    rows.forEach((row) => row.classList.add("arrived"));
    chime();
    const what = rows.map((row) => `${$(".room", row).textContent} ${$(".what", row).textContent}`).join(", ");
    document.getElementById("heard").textContent = words.arrived.replace("{what}", what);
    if (document.hidden) document.title = `(${(unseen += rows.length)}) ${title()}`;
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !unseen) return;
    unseen = 0;
    document.title = title();
  });

  /* ── After something was put in ── */
  const drafts = (id) => `draft:${id}`;
  let chosen = "";
  const showChosen = () => {
    const link = $(".views [aria-current]");
    if (!link || link.href === chosen) return;
    chosen = link.href;
    link.parentElement.scrollLeft = link.offsetLeft - (link.parentElement.clientWidth - link.offsetWidth) / 2;
  };
  const restore = () => {
    const box = $("#comment");
    if (box && !box.value) box.value = sessionStorage.getItem(drafts($("#pane").dataset.request)) ?? "";
  };
  let quiet = 0;

  document.addEventListener("htmx:after:swap", () => {
    announce();
    const opened = $("#pane")?.dataset.request ?? "";
    document.querySelectorAll("#rows a").forEach((link) => {
      const on = link.parentElement.id === `r-${opened}`;
      if (on !== link.hasAttribute("aria-current")) link.toggleAttribute("aria-current", on);
    });
    restore();
    showChosen();
    if ($("#notice").childElementCount && !$("#notice a")) {
      clearTimeout(quiet);
      quiet = setTimeout(() => $("#notice").replaceChildren(), 5000);
    }
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "comment") sessionStorage.setItem(drafts($("#pane").dataset.request), event.target.value);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "reply") sessionStorage.removeItem(drafts($("#pane").dataset.request));
  });

  /* ── Ages grow while one looks ── */
  const ago = (minutes) => {
    if (minutes < 1) return words.now;
    if (minutes < 60) return words.minutes.replace("{n}", minutes);
    if (minutes < 2880) return words.hours.replace("{n}", Math.floor(minutes / 60));
    return words.days.replace("{n}", Math.floor(minutes / 1440));
  };
  setInterval(() => {
    document.querySelectorAll("#rows time").forEach((time) => {
      const minutes = Math.floor((Date.now() - new Date(time.dateTime)) / 60000);
      if ("age" in time.dataset) time.textContent = ago(Math.max(minutes, 0));
      else if (minutes >= 0) {
        time.className = "due late";
        time.textContent = words.late.replace("{age}", ago(minutes));
      } else if (minutes >= -60) time.className = "due soon";
    });
  }, 30000);

  /* ── Undo: what is left of its moment, then it goes ── */
  setInterval(() => {
    const line = $("#undo");
    if (!line) return;
    line.dataset.until ??= performance.now() + line.dataset.seconds * 1000;
    const left = Math.ceil((line.dataset.until - performance.now()) / 1000);
    if (left > 0) $(".left", line).textContent = words.seconds.replace("{n}", left);
    else line.remove();
  }, 250);

  /* ── Keys ── */
  const keys = document.getElementById("keys");
  const move = (step) => {
    const links = [...document.querySelectorAll("#rows a")];
    const at = links.indexOf(document.activeElement?.closest("#rows a") ?? $("#rows a[aria-current]"));
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  };
  const leave = () => {
    if ($("#form form")) $("#form").replaceChildren();
    else document.activeElement?.blur();
  };
  const press = (key) => {
    const control = [...document.querySelectorAll("[aria-keyshortcuts]")].find((each) => each.getAttribute("aria-keyshortcuts") === key);
    if (!control) return false;
    if (control.matches("input, textarea")) control.focus();
    else control.click();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.key === "Escape") return event.target.matches("#search") && event.target.value ? undefined : leave();
    if (event.target.closest("input:not([type=checkbox]), textarea, select") || !remembered("hotkeys")) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "?") keys.showModal();
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  /* ── The member's own switches, and what only scripts can close ── */
  const switches = () =>
    ["sound", "hotkeys"].forEach((id) => ($(`#${id}`).checked = remembered(id)));
  document.addEventListener("change", (event) => {
    if (["sound", "hotkeys"].includes(event.target.id)) localStorage.setItem(event.target.id, event.target.checked ? "on" : "off");
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-shows=keys]")) keys.showModal();
    if (event.target.closest?.("[data-closes=form]")) {
      event.preventDefault();
      $("#form").replaceChildren();
    }
    const own = $(".own[open]");
    if (own && !own.contains(event.target)) own.open = false;
  });

  switches();
  restore();
  showChosen();
})();
