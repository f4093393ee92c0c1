import { signal } from "@preact/signals";
import type { Message, OpportunityChoice, Person, Receipt } from "../../wire";
import { happened } from "../format/log";
import type { Changing } from "./changing";
import type { Toast } from "./toast";
import type { Ui } from "./ui";

interface Stores {
  changing: Changing;
  toast: Toast;
  ui: Ui;
}

type Choices = readonly OpportunityChoice[];
const NONE: Choices = [];

/** What a rep does about receipts: have a text logged once more, and say which opportunity it
 * belongs to. */
export function createReceipts({ changing, toast, ui }: Stores) {
  /** Chosen here and not answered yet, by message; null is none of them. */
  const chosen = signal<ReadonlyMap<number, OpportunityChoice | null>>(new Map());
  /** What there was to choose from: once chosen the backend asks no more, but one may err. */
  const offered = signal<ReadonlyMap<number, Choices>>(new Map());
  /** Questions that were answered or put away here: by person, what there was to choose from. */
  const settled = signal<ReadonlyMap<number, string>>(new Map());
  /** The message about which one wants to choose anew. */
  const reopened = signal<number | null>(null);

  const asks = ({ receipt }: Message) =>
    receipt?.opportunities.length ? !receipt.opportunity : false;
  const named = (choices: Choices) => choices.map(({ id }) => id).join(" ");

  function choices(message: Message): Choices {
    const told = message.receipt?.opportunities ?? NONE;
    return told.length ? told : (offered.value.get(message.id) ?? NONE);
  }

  function settle(person: Person, with_: string | null): void {
    const others = [...settled.value].filter(([id]) => id !== person.id);
    settled.value = new Map(with_ === null ? others : [...others, [person.id, with_]]);
  }

  return {
    choices,

    /** The receipt as it will be once the backend has agreed to what was chosen. */
    of(message: Message): Receipt | null {
      const { id, receipt } = message;
      const choice = chosen.value.get(id);
      if (!receipt || choice === undefined) return receipt ?? null; // an older backend tells none
      return { ...receipt, opportunity: choice?.name ?? "", opportunities: [] };
    },

    /** The text under which it is asked which opportunity it belongs to: the latest one of which
     * that is not known, once for a person and the same choices. */
    question(messages: readonly Message[], person: Person): Message | null {
      const anew = messages.find(({ id }) => id === reopened.value);
      if (anew) return anew;
      const latest = messages.findLast((one) => happened(one) && asks(one));
      if (!latest || chosen.value.has(latest.id)) return null;
      return settled.value.get(person.id) === named(choices(latest)) ? null : latest;
    },

    /** Whether the rep wants to choose anew, unasked. */
    anew: ({ id }: Message) => reopened.value === id,

    reopen(message: Message): void {
      reopened.value = message.id;
      ui.focus.value = "opportunity";
    },

    putAway(message: Message, person: Person): void {
      if (reopened.value === message.id) reopened.value = null;
      else settle(person, named(choices(message)));
      changing.forgive(message.id);
    },

    async link(message: Message, person: Person, choice: OpportunityChoice | null): Promise<void> {
      const { id } = message;
      const all = choices(message);
      offered.value = new Map(offered.value).set(id, all);
      chosen.value = new Map(chosen.value).set(id, choice);
      settle(person, named(all));
      reopened.value = null;
      const opportunity = choice?.id ?? "";
      const done = await changing.ask({ type: "receipt.link", message: id, opportunity });
      chosen.value = new Map([...chosen.value].filter(([one]) => one !== id));
      if (done) toast.say(choice ? `Filed under ${choice.name}` : "Filed under no opportunity");
      else if (asks(message)) settle(person, null);
      else reopened.value = id;
    },

    /** True when it is on its way again. */
    async retry(message: number): Promise<boolean> {
      const done = await changing.ask({ type: "receipt.retry", message });
      if (done) ui.status.value = "Trying again";
      return done;
    },

    clear(): void {
      chosen.value = new Map();
      offered.value = new Map();
      settled.value = new Map();
      reopened.value = null;
    },
  };
}

export type Receipts = ReturnType<typeof createReceipts>;
