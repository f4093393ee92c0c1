// Texts as elements. Everything that people wrote goes in as text, never as markup.

const DAY = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  month: "short",
  day: "numeric",
});
const TIME = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u200d|\ufe0f|[\u{1f3fb}-\u{1f3ff}]){1,9}$/u;
const PAUSE = 60 * 60 * 1000;

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function dayOf(at) {
  const today = new Date();
  const day = at.toDateString() === today.toDateString() ? "Today" : DAY.format(at);
  return `${day} ${TIME.format(at)}`;
}

function attachment({ url, content_type: kind }) {
  const path = new URL(url).pathname;
  const family = kind.split("/")[0];
  if (["image", "video", "audio"].includes(family) && kind !== "image/svg+xml") {
    const element = make(family === "image" ? "img" : family);
    element.src = path;
    if (family === "image") element.alt = "Picture";
    else element.controls = true;
    return element;
  }
  const link = make("a", "file", `Attachment (${kind})`);
  link.href = path;
  link.rel = "noreferrer";
  return link;
}

function bubble(body) {
  const element = make("div", EMOJI.test(body) ? "bubble large" : "bubble", body);
  element.dir = "auto";
  return element;
}

function spoken(text) {
  const who = text.direction === "sent" ? "You" : "They";
  return make("span", "aside", `${who}, ${TIME.format(new Date(text.at))}: `);
}

/** The elements for a thread. Each text: {sid, direction, body, at, media, note?, bad?, waiting?}. */
export function drawn(texts, fresh) {
  const elements = [];
  texts.forEach((text, index) => {
    const before = texts[index - 1];
    const after = texts[index + 1];
    const at = new Date(text.at);
    const paused = !before || at - new Date(before.at) > PAUSE;
    if (paused) elements.push(make("div", "day", dayOf(at)));
    const item = make("div", `text ${text.direction}`);
    const turned = before && before.direction !== text.direction;
    if (turned && !paused) item.classList.add("turn");
    if (!after || after.direction !== text.direction) item.classList.add("tail");
    if (text.waiting) item.classList.add("waiting");
    if (fresh.has(text.key)) item.classList.add("fresh");
    item.title = at.toLocaleString();
    item.append(spoken(text), ...text.media.map(attachment));
    if (text.body) item.append(bubble(text.body));
    if (text.note) item.append(make("div", text.bad ? "note bad" : "note", text.note));
    elements.push(item);
  });
  return elements;
}
