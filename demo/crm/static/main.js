// Which page is which URL, and moving between them without loading one.

import { all, find, load } from "./data.js";
import { el } from "./dom.js";
import { home } from "./home.js";
import { listPage } from "./list.js";
import { recordPage } from "./record.js";
import { show } from "./stage.js";
import { KINDS } from "./words.js";

const TITLE = "Acme CRM";

function page(path) {
  const [, kind, id, rest] = path.split("/");
  if (path === "/") return { title: TITLE, keep: false, build: home };
  if (!(kind in KINDS) || rest !== undefined) return missing("There is nothing at this address.");
  if (id === undefined) {
    return { title: `${KINDS[kind].many} · ${TITLE}`, keep: false, build: () => listPage(kind) };
  }
  const record = /^\d+$/.test(id) ? find(kind, Number(id)) : undefined;
  if (!record)
    return missing(`There is no ${KINDS[kind].one.toLowerCase()} with this number.`, kind);
  return {
    title: `${record.name} · ${KINDS[kind].one} · ${TITLE}`,
    keep: true,
    build: () => recordPage(kind, record),
  };
}

function missing(why, kind = "contacts") {
  const back = el(
    "a",
    { href: `/${kind}`, class: "button" },
    `See all ${all(kind).length} ${kind}`,
  );
  const build = () =>
    el(
      "section",
      { class: "card notice" },
      el("h1", { tabindex: -1 }, "Not found"),
      el("p", {}, `${why} It may have been removed, or the address mistyped.`),
      back,
    );
  return { title: `Not found · ${TITLE}`, keep: false, build };
}

function render() {
  const path = location.pathname;
  const view = page(path);
  document.title = view.title;
  for (const link of document.querySelectorAll("nav a")) {
    const here = link.getAttribute("href");
    const within = here !== "/" && path.startsWith(`${here}/`);
    if (here === path) link.setAttribute("aria-current", "page");
    else if (within) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  return show(path, view);
}

/** The heading takes the focus, so that a screen reader says where one has come. */
function arrive() {
  const heading = render().querySelector("h1");
  heading?.focus({ preventScroll: true });
}

/** Clicks that come before the records are here load their page as links do. */
let loaded = false;

document.addEventListener("click", (event) => {
  if (!loaded) return;
  const link = event.target instanceof Element ? event.target.closest("a[href^='/']") : null;
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || modified || event.button !== 0 || event.defaultPrevented) return;
  event.preventDefault();
  if (link.pathname !== location.pathname) history.pushState(null, "", link.pathname);
  arrive();
  scrollTo(0, 0);
});
addEventListener("popstate", () => loaded && arrive());

try {
  await load();
  loaded = true;
  render();
} catch (error) {
  console.error(error);
  document
    .querySelector("main")
    .replaceChildren(
      el(
        "section",
        { class: "card notice", role: "alert" },
        el("h1", {}, "The records did not load"),
        el("p", {}, "The CRM's server did not answer. Check that it is running, then try again."),
        el("button", { class: "button", onclick: () => location.reload() }, "Try again"),
      ),
    );
}
