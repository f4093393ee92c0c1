// What the three pages share: the records, and moving between them without loading anything.
"use strict";

const crm = JSON.parse(document.getElementById("data").textContent);
const here = () => location.pathname + location.search;

/** The record at an address: {kind, ...}, or {kind: "list"}. */
function recordAt(address) {
  const path = address.replace(/[?&](?:ws|x)=[^&]*/g, "");
  const person = crm.people.find((one) => one.path === path);
  if (person) return { kind: person.type, ...person };
  if (path === crm.account) return { kind: "account", name: crm.account_name };
  if (path === crm.opportunity) return { kind: "opportunity", name: "Twelve vans" };
  if (path === crm.task) return { kind: "task", name: "Send the sheet" };
  return { kind: "list", name: "Contacts" };
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const link = (href, text) => make("a", { href }, text);
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Links move within the page; `show` draws what the address names. */
function begin(show, rewrite = (path) => history.pushState(null, "", path)) {
  document.addEventListener("click", (event) => {
    const at = event.composedPath().find((node) => node.localName === "a");
    const href = at?.getAttribute("href");
    if (!href?.startsWith("/")) return;
    event.preventDefault();
    rewrite(href);
    show(recordAt(href));
  });
  addEventListener("popstate", () => show(recordAt(here())));
  show(recordAt(here()));
}

function listOf(people) {
  const cells = (one) => [
    make("td", {}, make("input", { type: "checkbox", "aria-label": `Select ${one.name}` })),
    make("th", { scope: "row" }, link(one.path, one.name)),
    make("td", {}, one.phone),
    make("td", {}, one.mobile),
    make("td", {}, one.email),
  ];
  const heads = ["", "Name", "Phone", "Mobile", "Email"];
  return make(
    "table",
    { "aria-label": "Contacts" },
    make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", {}, head)))),
    make("tbody", {}, ...people.map((one) => make("tr", {}, ...cells(one)))),
  );
}
