// How the CRM writes dates, money, time zones and the names of its kinds.

export const KINDS = {
  contacts: { one: "Contact", many: "Contacts" },
  leads: { one: "Lead", many: "Leads" },
  accounts: { one: "Account", many: "Accounts" },
  opportunities: { one: "Opportunity", many: "Opportunities" },
  tasks: { one: "Task", many: "Tasks" },
};

const money = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});
const day = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", year: "numeric" });

export function dollars(amount) {
  return money.format(amount);
}

/** The date so many days from today; negative for the past. The demo is never out of date. */
export function dateIn(days) {
  const date = new Date();
  date.setDate(date.getDate() + days);
  return { text: day.format(date), iso: date.toISOString().slice(0, 10) };
}

/** "America/New_York" as "Eastern". */
export function zone(name) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    timeZoneName: "longGeneric",
  }).formatToParts();
  const found = parts.find((part) => part.type === "timeZoneName");
  return found ? found.value.replace(/ Time$/, "") : name;
}

/** For searching: no case, no accents, so that "le thi" finds Lê Thị. */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
