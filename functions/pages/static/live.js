/* Live pages: whatever the stream says, its element hears `moved`, and the parts that listen ask for themselves again.
   Also on every (re)connection, so that nothing between the page and the stream is missed. */
(() => {
  const moved = (event) => htmx.trigger(event.target, "moved");
  document.addEventListener("htmx:sse:after:connection", moved);
  document.addEventListener("htmx:sse:after:message", moved);

  /* The line is dead: what was entered stays, and the notice says so; also where a link was pressed. */
  let quiet;
  document.addEventListener("htmx:error", (event) => {
    if (!event.target.matches?.("form, a")) return;
    const notice = document.getElementById("notice");
    const words = document.createElement("p");
    words.textContent = document.body.dataset.offline;
    notice.replaceChildren(words);
    clearTimeout(quiet);
    quiet = setTimeout(() => notice.replaceChildren(), 8000);
  });
  document.addEventListener("htmx:before:request", (event) => {
    if (event.target.matches?.("form, a")) document.getElementById("notice").replaceChildren();
  });
})();
