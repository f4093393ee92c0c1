import { signal } from "@preact/signals";
import type { PaneToWorker, WorkerToPane } from "../../lib/messages";
import { asOnPage } from "../../lib/people";
import type { Conversation, PersonOnPage } from "../../wire";
import type { Attachments } from "./attachments";
import type { Composer } from "./composer";
import type { List } from "./list";
import type { Outgoing } from "./outgoing";
import type { Talks } from "./talks";

type Opened = Extract<WorkerToPane, { kind: "opened" }>;
type Older = Extract<WorkerToPane, { kind: "older" }>;
type Refused = Extract<WorkerToPane, { kind: "refused" }>;

interface Other {
  number?: number;
  mobile?: string;
}

interface Stores {
  talks: Talks;
  list: List;
  outgoing: Outgoing;
  composer: Composer;
  attachments: Attachments;
}

/** Going to a conversation, and asking for what it needs. */
export function createOpening(post: (message: PaneToWorker) => void, stores: Stores) {
  const { talks, list, outgoing, composer, attachments } = stores;
  /** The person of the page, until the worker says which conversation that is. */
  const person = signal<PersonOnPage | null>(null);
  const error = signal("");
  const loadingOlder = signal(false);
  let asked = "";
  let from: number | null = null; // our number to text from; null lets the backend choose
  let askedOlder = "";
  let carried: number | null = null; // whose draft goes along

  function leave(): void {
    composer.flush();
    carried = null;
    error.value = "";
    loadingOlder.value = false;
    askedOlder = "";
  }

  function carry(from: number, to: number): void {
    carried = null;
    attachments.carry(from, to);
    const text = composer.text(from);
    if (!text.trim() || composer.text(to).trim()) return;
    composer.write(to, text);
    composer.write(from, "");
  }

  function ask(): void {
    error.value = "";
    asked = crypto.randomUUID();
    if (person.value)
      post({ kind: "open_person", request: asked, person: person.value, number: from });
    else if (talks.current.value !== null)
      post({ kind: "open", request: asked, conversation: talks.current.value });
  }

  return {
    person,
    error,
    loadingOlder,
    ask,

    conversation(id: number): void {
      if (talks.current.value === id && !person.value && talks.held(id)?.known) return;
      leave();
      person.value = null;
      talks.current.value = id;
      ask();
    },

    personOnPage(on: PersonOnPage, number: number | null = null): void {
      leave();
      from = number;
      person.value = on;
      talks.current.value = null;
      ask();
    },

    /** The same person from another number of ours, or on another one of theirs. What is being
     * written goes along. */
    otherwise({ id, person, number }: Conversation, change: Other): void {
      const on = asOnPage(person);
      this.personOnPage({ ...on, mobile: change.mobile ?? on.mobile }, change.number ?? number.id);
      carried = id;
    },

    clear(): void {
      asked = askedOlder = error.value = "";
      loadingOlder.value = false;
      person.value = null;
    },

    opened(message: Opened): void {
      const { conversation } = message;
      list.put(conversation);
      talks.newest(conversation.id, message.messages, message.more);
      outgoing.told(conversation.id, message.pending);
      for (const m of message.messages) outgoing.arrived(m);
      composer.restore(conversation.id, message.draft);
      if (message.request !== asked) return;
      error.value = "";
      person.value = null;
      talks.current.value = conversation.id;
      if (carried !== null && carried !== conversation.id && !message.cached)
        carry(carried, conversation.id);
    },

    loadOlder(): void {
      const talk = talks.talk.value;
      const oldest = talk?.messages[0];
      if (!talk?.more || !oldest || loadingOlder.value) return;
      loadingOlder.value = true;
      askedOlder = crypto.randomUUID();
      post({ kind: "older", request: askedOlder, conversation: talk.id, before: oldest.id });
    },

    older(message: Older): void {
      talks.older(message.conversation, message.messages, message.more);
      if (message.request === askedOlder) loadingOlder.value = false;
    },

    refused(message: Refused): boolean {
      if (message.request === askedOlder && askedOlder) {
        loadingOlder.value = false;
        return true;
      }
      if (message.request !== asked || !asked) return false;
      error.value = message.text;
      return true;
    },
  };
}

export type Opening = ReturnType<typeof createOpening>;
