import type { Conversation, Number as OwnNumber, PersonNumber } from "../../wire";
import { usePane } from "../context";
import { callName } from "../format/words";
import { Icon, type IconName } from "./Icon";
import { type Choice, Menu } from "./Menu";

const KINDS: Record<OwnNumber["kind"], { icon: IconName; word: string }> = {
  long_code: { icon: "pin", word: "Local number" },
  toll_free: { icon: "phone", word: "Toll-free" },
  short_code: { icon: "hash", word: "Short code" },
};
const A2P: Partial<Record<OwnNumber["a2p"], string>> = {
  missing: "not registered",
  pending: "registration pending",
  failed: "registration failed",
};

/** From which number to which one: a choice where there is one. */
export function NumberPicker({ conversation }: { conversation: Conversation }) {
  return (
    <div class="from">
      From <From conversation={conversation} /> to <To conversation={conversation} />
    </div>
  );
}

function From({ conversation }: { conversation: Conversation }) {
  const { session, opening } = usePane();
  const { number } = conversation;
  const own = session.value?.numbers ?? [];
  const all = own.some(({ id }) => id === number.id) ? own : [number, ...own];
  if (all.length < 2) return <b>{number.display}</b>;
  const choices = all.map(
    (one): Choice => ({
      key: String(one.id),
      label: one.display,
      detail: [one.label, KINDS[one.kind].word, A2P[one.a2p]].filter(Boolean).join(" · "),
      icon: KINDS[one.kind].icon,
      checked: one.id === number.id,
      act: () => {
        if (one.id !== number.id) opening.otherwise(conversation, { number: one.id });
      },
    }),
  );
  return (
    <Menu
      label={`Text from ${number.display}: choose another number`}
      class="pick"
      choices={choices}
      up
    >
      <Icon name={KINDS[number.kind].icon} />
      <b>{number.display}</b>
      <Icon name="chevron" />
    </Menu>
  );
}

function To({ conversation }: { conversation: Conversation }) {
  const { opening } = usePane();
  const { person } = conversation;
  const { numbers, mobile } = person;
  const current = numbers.find(({ e164 }) => e164 === mobile);
  if (numbers.length < 2) return <b>{person.mobile_display}</b>;
  const all = current
    ? numbers
    : [{ e164: mobile, display: person.mobile_display, label: "" }, ...numbers];
  const choices = all.map(
    ({ e164, display, label }: PersonNumber): Choice => ({
      key: e164,
      label: display,
      detail: label || "No label in the CRM",
      checked: e164 === mobile,
      act: () => {
        if (e164 !== mobile) opening.otherwise(conversation, { mobile: e164 });
      },
    }),
  );
  return (
    <Menu
      label={`Text ${callName(person)} on ${person.mobile_display}: choose another of their numbers`}
      class="pick"
      choices={choices}
      up
    >
      {current?.label && <span dir="auto">{current.label}</span>}
      <b>{person.mobile_display}</b>
      <Icon name="chevron" />
    </Menu>
  );
}
