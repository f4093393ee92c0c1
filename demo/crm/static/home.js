// The first page: what this is, what to try, and the people.

import { all } from "./data.js";
import { el } from "./dom.js";
import { listCard } from "./list.js";

export function home() {
  const [first] = all("contacts");
  return el(
    "section",
    {},
    el(
      "header",
      { class: "welcome" },
      el("h1", { tabindex: -1 }, "Hello, Ana"),
      el(
        "p",
        {},
        "Open ",
        el("a", { href: `/contacts/${first.id}` }, first.name),
        " and click Message: you text her without leaving her record.",
      ),
    ),
    listCard("contacts", "h2"),
  );
}
