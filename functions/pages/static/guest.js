/* What scripts add to the portal: counters that answer at once, a running total, and words when the line is dead.
   Every page works without this file. */
(() => {
  const form = () => document.querySelector("form#order");

  const money = (amount, currency) =>
    new Intl.NumberFormat(document.documentElement.lang, {
      style: "currency",
      currency,
      useGrouping: "always",
      trailingZeroDisplay: "stripIfInteger",
    }).format(amount);

  const total = () => {
    const shown = form()?.querySelector("[data-total]");
    if (!shown) return;
    const mills = (amount) => Math.round(amount * 1000);
    const inputs = [...form().querySelectorAll("input[data-price]")];
    const sum = inputs.reduce((sofar, each) => {
      const chosen = each.closest("[data-line]")?.querySelectorAll("[data-surcharge]:checked") ?? [];
      const price = [...chosen].reduce((of, one) => of + mills(one.dataset.surcharge), mills(each.dataset.price));
      return sofar + price * (+each.value || 0);
    }, 0);
    shown.textContent = sum || !shown.dataset.nothing ? money(sum / 1000, form().dataset.currency) : shown.dataset.nothing;
  };
  const another = (dish) => {
    const button = dish?.querySelector(".another");
    if (button) button.hidden = ![...dish.querySelectorAll("input[data-price]")].some((each) => +each.value > 0);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".step button");
    if (!button) return;
    event.preventDefault();
    const input = button.parentElement.querySelector("input");
    const next = (+input.value || 0) + (button.value[0] === "+" ? 1 : -1);
    input.value = Math.min(Math.max(next, +input.min || 0), +input.max);
    input.setAttribute("value", input.value);
    another(button.closest(".dish"));
    total();
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("input[data-price], [data-line] input")) return;
    another(event.target.closest(".dish"));
    total();
  });
  document.addEventListener("focusin", (event) => event.target.matches?.("input[data-price]") && event.target.select());

  /* What took the form's place is read next: the refusal, or the question who is asking. */
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx?.sourceElement?.id !== "order") return;
    (document.getElementById("said") ?? document.getElementById("last_name"))?.focus({ preventScroll: true });
  });

  /* A native form is sent once, however often it is tapped; coming back to the page sets it free. */
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("hx-post")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((each) => delete each.dataset.sent);
    total();
  });
})();
