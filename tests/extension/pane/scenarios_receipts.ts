// What the gallery shows of the CRM: receipts, which opportunity, and whose text it was.
import type { Activity, Message, Receipt } from "../../../extension/src/wire";
import type { Known } from "./fake_worker";
import { DAY, MINUTE, message, NOW, person, receipt, sent } from "./people";
import { activity, known, maya } from "./scenarios_conversation";

const at = (minutes: number) => ({ at: NOW - minutes * MINUTE });
const logged = receipt("logged", { opportunity: "Northwind: 40 seats" });

const calm = [
  sent(1, "Hi Maya, Ana from Brightpath. Would a short call this week help?", {
    ...at(39),
    receipt: logged,
  }),
  message(1, "Yes! The team loved it 🙌", { ...at(13), receipt: logged }),
  message(1, "Thursday at 2 works. Can you send the pricing sheet before?", {
    ...at(12),
    receipt: logged,
  }),
  sent(1, "Of course.", { ...at(3), receipt: logged }),
  sent(1, "Here it is.", { ...at(1), status: "sending", receipt: receipt("waiting") }),
];

const reason = "The contact is locked by an approval in Salesforce. Ask its owner.";
const troubled = [
  sent(1, "Hi Maya, Ana from Brightpath.", {
    ...at(3 * 60),
    receipt: receipt("logged", { text: "without Type: the org rejects it" }),
  }),
  message(1, "Hi Ana", { ...at(170), receipt: receipt("unlinked") }),
  message(1, "Who is Brightpath?", { ...at(100), receipt: receipt("unlinked") }),
  sent(1, "We make onboarding plans.", {
    ...at(60),
    receipt: receipt("failed", { text: reason }),
  }),
  sent(1, "And pricing sheets.", { ...at(59), receipt: logged }),
  message(1, "Good to know", { ...at(32), receipt: receipt("retrying") }),
  message(1, "Thursday at 2 works.", { ...at(2), receipt: receipt("retrying") }),
  message(1, "Can you send the sheet before?", { ...at(1), receipt: receipt("retrying") }),
];

const opportunities = [
  { id: "006Dn00000A1b2cIAB", name: "Northwind: 40 seats" },
  { id: "006Dn00000A1b2dIAB", name: "Northwind: renewal 2027, all warehouses and offices" },
];
const asking = calm.map((one) => ({
  ...one,
  receipt: { ...logged, opportunity: "", opportunities },
}));
const last = asking.at(-1) as Message;

const endless = "Opportunity".repeat(30);

const jonas = person(91, "Jonas Bergström", {
  account: "Northwind Logistics",
  title: "Dispatcher",
});
const sharers = [
  jonas,
  person(92, "Priya Nair-Wolfeschlegelsteinhausenbergerdorff", { account: "Northwind Logistics" }),
  person(93, "נועה כהן", { title: "CFO" }),
  person(94, "", {}),
];
const shared = { match_others: ["Jonas Bergström", "Priya Nair", "נועה כהן"] };
const inbound = calm[2] as Message;
const filed = { ...inbound, conversation: 9, revision: 2 };

const feed: [number, Partial<Activity>, Receipt][] = [
  [1, { direction: "inbound", who: maya.name, text: "Thursday at 2 works." }, receipt("retrying")],
  [2, { kind: "note", text: "Wants 40 seats." }, receipt("retrying")],
  [
    3,
    { direction: "outbound", text: "Here is the sheet.", message: calm[0]?.id ?? 0 },
    receipt("failed", { text: reason }),
  ],
  [4, { direction: "outbound", text: "Hi Maya" }, logged],
  [40, { kind: "note", text: "Met her at the fair." }, receipt("unlinked")],
];
const activities = feed.map(([id, change, its]) => activity(id, { ...change, receipt: its }));

const saved = (of: Message) => ({ type: "message.saved", message: of });

export const RECEIPT_SCENARIOS: Record<string, Known> = {
  logged: known({}, { messages: calm }),
  not_logged: known(
    {},
    {
      messages: troubled,
      answers: {
        "receipt.retry": saved({
          ...(troubled[3] as Message),
          ...{ receipt: receipt("waiting"), revision: 2 },
        }),
      },
    },
  ),
  opportunity: known(
    {},
    {
      messages: asking,
      answers: {
        "receipt.link": saved({
          ...last,
          ...{ receipt: { ...logged, opportunity: opportunities[0]?.name ?? "" }, revision: 2 },
        }),
      },
    },
  ),
  opportunities: known(
    {},
    {
      messages: asking.map((one) => ({
        ...one,
        receipt: {
          ...logged,
          opportunity: "",
          opportunities: Array.from({ length: 30 }, (_, i) => ({
            id: `006${i}`,
            name: i ? `Northwind, plan ${i}` : endless,
          })),
        },
      })),
    },
  ),
  shared_mobile: known(shared, {
    messages: calm,
    answers: {
      "person.list": { type: "person.page", people: sharers },
      "message.file": saved(filed),
    },
  }),
  shared_history: known(shared, {
    messages: Array.from({ length: 30 }, (_, i) =>
      (i % 3 ? message : sent)(1, `Text ${i + 1}. ${"More words. ".repeat(i % 9)}`, {
        ...{ at: NOW - DAY - (30 - i) * 27 * MINUTE, receipt: receipt("logged") },
      }),
    ),
  }),
  logged_activity: known(
    {},
    {
      messages: calm,
      answers: {
        "activity.list": { type: "activity.page", person: 87, activities, next: "" },
        "receipt.retry": saved({
          ...(calm[0] as Message),
          ...{ receipt: receipt("waiting"), revision: 2 },
        }),
      },
    },
  ),
};
