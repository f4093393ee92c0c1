// The page on which a person plays the prospect's phone.

import { drawn } from "./bubbles.js";
import { parsed, pretty } from "./numbers.js";

const at = (id) => document.getElementById(id);
const [phone, number, thread, body, send] = ["phone", "number", "thread", "body", "send"].map(at);
const asked = new URLSearchParams(location.search);
// What was sent from this page: shown at once, and afterwards with what became of it.
const outbox = [];
const seen = new Set();
let shown = "";
// Whether the end of the thread is in view, and is to stay so whatever grows.
let stuck = true;
let polling = false;
let again = false;

async function json(path, options) {
  const answer = await fetch(path, options);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error ?? `The simulator answered ${answer.status}.`);
  return value;
}

const pair = () => ({ mine: parsed(phone.value), theirs: number.value });

/** The outbox learns its texts' sids from the list: it may come before the answer to the POST. */
function recognise(texts) {
  const free = texts.filter((text) => text.direction === "sent" && !seen.has(text.sid));
  for (const each of outbox.filter((each) => !each.sid)) {
    const index = free.findIndex((text) => text.body === each.body && text.to === each.theirs);
    if (index < 0) continue;
    each.sid = free.splice(index, 1)[0].sid;
    seen.add(each.sid);
  }
}

function threadOf(texts, mine, theirs) {
  const here = texts.filter((text) => text.from === theirs || text.to === theirs);
  recognise(here);
  const known = new Set(here.map((text) => text.sid));
  const ours = outbox.filter((each) => each.mine === mine && each.theirs === theirs);
  const last = here.findLast((text) => text.direction === "sent")?.sid;
  const fate = ({ sid }) => {
    const { note, bad } = ours.find((each) => each.sid && each.sid === sid) ?? {};
    return bad || sid === last ? { note, bad } : {};
  };
  return [
    ...here.map((text, index) => ({ ...text, ...fate(text), key: text.sid ?? `carrier-${index}` })),
    ...ours.filter((each) => !known.has(each.sid)).map((each) => ({ ...each, key: each.ref })),
  ];
}

function stick() {
  if (stuck) thread.scrollTop = thread.scrollHeight;
}

function draw(texts, whose) {
  const other = whose !== shown;
  if (other || texts.at(-1)?.waiting) stuck = true;
  const fresh = new Set(other ? [] : texts.map((text) => text.key).filter((key) => !seen.has(key)));
  const arrived = texts.some((text) => fresh.has(text.key) && text.direction === "received");
  for (const text of texts) {
    seen.add(text.key);
    if (text.sid) seen.add(text.sid);
  }
  // A screen reader hears what arrives, not a whole thread that was switched to.
  thread.setAttribute("aria-live", other ? "off" : "polite");
  const elements = drawn(texts, fresh);
  const same = elements.findIndex((element, i) => !thread.children[i]?.isEqualNode(element));
  if (same >= 0 || thread.children.length > elements.length) {
    const from = same < 0 ? elements.length : same;
    while (thread.children.length > from) thread.lastChild.remove();
    thread.append(...elements.slice(from));
  }
  at("empty").hidden = texts.length > 0;
  stick();
  if (arrived && !stuck) at("newer").hidden = false;
  shown = whose;
}

function showPhones(phones, mine) {
  at("phones").replaceChildren(...phones.map((each) => new Option(pretty(each), pretty(each))));
  const chips = phones.slice(0, 12).map((each) => {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.textContent = pretty(each);
    chip.setAttribute("aria-pressed", String(each === mine));
    chip.addEventListener("click", () => {
      phone.value = pretty(each);
      chosen();
    });
    return chip;
  });
  const recent = at("recent");
  const held = [...recent.children].indexOf(document.activeElement);
  recent.replaceChildren(...chips);
  if (held >= 0) chips[held]?.focus();
}

function showNumbers(numbers) {
  const options = numbers.map(
    ({ number: value, name }) =>
      new Option(name === value ? pretty(value) : `${pretty(value)} (${name})`, value),
  );
  if (
    options.length === number.options.length &&
    options.every((o, i) => o.value === number.options[i].value)
  )
    return;
  const wanted = number.value || parsed(asked.get("to")?.replace(/^ /, "+") ?? "");
  number.replaceChildren(...options);
  if (options.some((option) => option.value === wanted)) number.value = wanted;
}

/** Draw what is true now. One look at a time; what is asked for meanwhile is one more. */
async function refresh() {
  if (polling) {
    again = true;
    return;
  }
  polling = true;
  try {
    do {
      again = false;
      const { phones, numbers } = await json("/simulator/phones");
      showNumbers(numbers);
      if (!phone.value && phones.length) phone.value = pretty(phones[0]);
      const { mine, theirs } = pair();
      showPhones(phones, mine);
      at("peer").textContent = theirs ? pretty(theirs) : "No number rented yet";
      const texts = mine
        ? (await json(`/simulator/texts?phone=${encodeURIComponent(mine)}`)).texts
        : [];
      draw(threadOf(texts, mine, theirs), `${mine} ${theirs}`);
      ready();
    } while (again);
  } catch {
    at("line").textContent = "No connection to the simulator";
  } finally {
    polling = false;
  }
}

function ready() {
  const { mine, theirs } = pair();
  send.disabled = !mine || !theirs || !body.value.trim();
  body.style.height = "auto";
  body.style.height = `${body.scrollHeight + 2}px`;
}

function chosen() {
  const { mine, theirs } = pair();
  const wrong = phone.value.trim() && !mine;
  phone.setAttribute("aria-invalid", String(Boolean(wrong)));
  at("phone-help").textContent = wrong
    ? "Ten digits, such as (404) 555-0187, or + and a country code."
    : "";
  at("newer").hidden = true;
  if (mine) phone.value = pretty(mine);
  if (mine && theirs)
    history.replaceState(null, "", `?${new URLSearchParams({ phone: mine, to: theirs })}`);
  refresh();
}

async function submit() {
  const { mine, theirs } = pair();
  if (send.disabled) return;
  const text = {
    ref: crypto.randomUUID(),
    mine,
    theirs,
    direction: "sent",
    body: body.value,
    at: new Date().toISOString(),
    media: [],
    waiting: true,
    note: "Sending…",
  };
  outbox.push(text);
  body.value = "";
  at("trouble").hidden = true;
  refresh();
  try {
    const said = await json("/simulator/texts", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ from: mine, to: theirs, body: text.body }),
    });
    const note = said.delivered
      ? "Delivered"
      : `Sent, but the backend did not take it (${said.status ?? "no answer"})`;
    Object.assign(text, { sid: said.sid, waiting: false, note, bad: !said.delivered });
  } catch (error) {
    outbox.splice(outbox.indexOf(text), 1);
    body.value ||= text.body;
    at("trouble").textContent = `Not sent. ${error.message}`;
    at("trouble").hidden = false;
  }
  refresh();
}

function tick() {
  at("clock").textContent = new Date()
    .toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" })
    .replace(/\s?[AP]M$/i, "");
}

function listen() {
  const events = new EventSource("/simulator/events");
  events.addEventListener("open", () => {
    at("line").textContent = "";
  });
  events.addEventListener("change", refresh);
  // The browser connects again by itself.
  events.addEventListener("error", () => {
    at("line").textContent = "No connection to the simulator";
  });
}

phone.addEventListener("change", chosen);
number.addEventListener("change", chosen);
body.addEventListener("input", ready);
body.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
at("compose").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
at("newer").addEventListener("click", () => {
  stuck = true;
  stick();
});
thread.addEventListener("scroll", () => {
  stuck = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 40;
  if (stuck) at("newer").hidden = true;
});
// Pictures arrive later than their texts, and the composer grows with its lines.
thread.addEventListener("load", stick, true);
new ResizeObserver(stick).observe(thread);

// An unescaped + arrives as a space.
phone.value = pretty(parsed(asked.get("phone")?.replace(/^ /, "+") ?? "") ?? "");
tick();
setInterval(tick, 5000);
listen();
refresh();
body.focus();
