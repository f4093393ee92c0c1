// A form of Dynamics 365: values in inputs that are set by script, after the name is drawn. The same
// inputs serve the next record.
"use strict";

const title = make("h1", { "data-id": "header_title" });
const form = make("form");
const rows = make("div");
const bar = make("nav", {}, link(crm.list, "Contacts"), link(crm.account, "Accounts"));
document.body.append(make("header", {}, bar), make("main", {}, title, form, rows));

const FIELDS = {
  "jobtitle.fieldControl-text-box-text": "Job Title",
  "mobilephone.fieldControl-phone-text-input": "Mobile Phone",
  "telephone1.fieldControl-phone-text-input": "Business Phone",
  "emailaddress1.fieldControl-mail-text-input": "Email",
};
const inputs = new Map();
for (const [id, label] of Object.entries(FIELDS)) {
  const input = make("input", { "data-id": id, "aria-label": label, type: "text" });
  inputs.set(id, input);
  form.append(make("div", { class: "field" }, make("span", { class: "label" }, label), input));
}
const account = make("div", {
  "data-id": "parentcustomerid.fieldControl-LookupResultsDropdown_parentcustomerid_selected_tag_text",
});
form.append(make("div", { class: "field" }, make("span", { class: "label" }, "Company"), account));

let last = 0;

begin(async (record) => {
  const turn = ++last;
  await later(60);
  if (turn !== last) return;
  title.replaceChildren(record.name, make("span", { class: "saved" }, "- Saved"));
  await later(200);
  if (turn !== last) return;
  const isPerson = record.kind === "contact" || record.kind === "lead";
  form.hidden = record.kind === "list";
  for (const input of inputs.values()) input.parentElement.hidden = !isPerson;
  const [job, mobile, phone, email] = inputs.values();
  job.value = "VP Operations";
  mobile.value = record.mobile ?? "";
  phone.value = record.phone ? `${record.phone} x6216` : "";
  email.value = record.email ?? "";
  account.replaceChildren(record.kind === "account" ? "" : link(crm.account, crm.account_name));
  account.parentElement.hidden = record.kind === "account";
  rows.replaceChildren();
  if (record.kind === "list") rows.append(listOf(crm.people));
  else if (!isPerson)
    rows.append(...crm.people.slice(0, 2).map((one) => make("p", {}, link(one.path, one.name))));
});
