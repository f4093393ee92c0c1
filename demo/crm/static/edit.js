// The details as a form: labels that point at inputs, numbers only in the inputs' values.

import { save } from "./data.js";
import { el } from "./dom.js";

/** @param {() => void} done shows the record afresh, after saving and after canceling */
export function editForm(kind, record, done) {
  const title = field(kind, record, "Title", record.title);
  const email = field(kind, record, "Email", record.email);
  const phones = record.phones.map((phone) =>
    field(kind, record, phone.label, phone.number, "tel"),
  );
  const trouble = el("p", { class: "trouble", role: "alert" });

  async function submit(event) {
    event.preventDefault();
    try {
      await save(kind, record, {
        title: title.input.value,
        email: email.input.value,
        phones: phones.map((phone) => phone.input.value),
      });
      done();
    } catch (error) {
      trouble.textContent = `Not saved. ${error.message}`;
    }
  }

  return el(
    "form",
    { class: "fields", onsubmit: submit, novalidate: true },
    ...[...phones, title, email].map(({ row }) => row),
    trouble,
    el(
      "div",
      { class: "actions" },
      el("button", { type: "button", class: "button quiet", onclick: done }, "Cancel"),
      el("button", { type: "submit", class: "button" }, "Save"),
    ),
  );
}

function field(kind, record, label, value, type = "text") {
  const id = `${kind}-${record.id}-${label.toLowerCase()}`;
  const input = el("input", { id, type, value, maxlength: 200, autocomplete: "off", dir: "auto" });
  return { input, row: el("div", {}, el("label", { for: id }, label), input) };
}
