// What happened with a record, newest first.

import { bdi, el } from "./dom.js";
import { dateIn } from "./words.js";

export function activityCard({ activities }) {
  const newestFirst = [...activities].sort((a, b) => a.days_ago - b.days_ago);
  return el(
    "div",
    { class: "card" },
    el("div", { class: "card-head" }, el("h2", {}, "Activity")),
    el("ol", { class: "timeline" }, ...newestFirst.map(item)),
  );
}

function item({ kind, subject, by, days_ago }) {
  const { text, iso } = dateIn(-days_ago);
  return el(
    "li",
    {},
    el("p", { class: "subject" }, bdi(subject)),
    el("p", { class: "about" }, `${kind} · ${by} · `, el("time", { datetime: iso }, text)),
  );
}
