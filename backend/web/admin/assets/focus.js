// After a page was swapped in, keyboards and screen readers go where the news is.

/** Say it to screen readers: a region that was there before is read out, one that comes is not. */
function say(text) {
  const region = document.getElementById("said");
  if (region) region.textContent = text;
}

/** What a table says of itself. */
function news() {
  return document.querySelector("#table [data-said]")?.dataset.said ?? "";
}

/** `held`: the id of what had the focus before, empty where it had none. */
function arrived(held) {
  const wrong = document.querySelector("[aria-invalid=true]") ?? document.getElementById("wrong");
  const notice = document.getElementById("notice");
  const said = document.getElementById("wrong") ?? notice;
  if (said) say(said.textContent.trim());
  const same = held && document.getElementById(held);
  if (wrong) wrong.focus();
  else if (notice) notice.focus();
  else if (same) {
    // The same page in another order, span or part: whoever chose it may choose on.
    same.focus();
    say(news());
  } else if (document.activeElement === document.body || !document.activeElement)
    document.getElementById("main")?.focus({ preventScroll: true });
}

export function followSwaps(root) {
  let whole = false;
  let held = "";
  root.addEventListener("htmx:before:swap", ({ detail }) => {
    whole = detail.ctx.target === document.body;
    held = document.activeElement?.id ?? "";
  });
  root.addEventListener("htmx:after:swap", () => {
    if (whole) arrived(held);
    else say(news());
  });
  root.addEventListener("htmx:error", ({ detail }) => {
    if (detail.error?.name === "AbortError") return;
    const away = document.getElementById("away");
    if (away) away.hidden = false;
    say(away?.textContent.trim() ?? "");
  });
}
