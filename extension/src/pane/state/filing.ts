import { signal } from "@preact/signals";
import type { Message, Person } from "../../wire";
import { callName } from "../format/words";
import { type Asking, Denied } from "./asking";
import type { Changing } from "./changing";
import type { Conversations } from "./conversations";
import type { Toast } from "./toast";
import type { Ui } from "./ui";

interface Stores {
  asking: Pick<Asking, "ask">;
  changing: Changing;
  conversations: Conversations;
  toast: Toast;
  ui: Ui;
}

/** Filing a text under another person with the same mobile: which text, and whom there is. */
export function createFiling({ asking, changing, conversations, toast, ui }: Stores) {
  const message = signal<Message | null>(null);
  /** Null until they have come. */
  const people = signal<readonly Person[] | null>(null);
  const error = signal("");
  let turn = 0;

  async function load(): Promise<void> {
    const of = message.value;
    if (!of) return;
    turn += 1;
    const mine = turn;
    error.value = "";
    try {
      const question = { type: "person.list", conversation: of.conversation } as const;
      const page = await asking.ask(question);
      if (mine === turn) people.value = page.people;
    } catch (failed) {
      if (mine === turn)
        error.value = failed instanceof Denied ? failed.message : "They did not load.";
    }
  }

  function close(): void {
    turn += 1;
    if (message.value) changing.forgive(message.value.id);
    message.value = null;
    people.value = null;
    error.value = "";
  }

  async function undo(id: number, home: Person): Promise<void> {
    if (await changing.ask({ type: "message.file", message: id, person: home.id })) return;
    toast.say(changing.troubles.value.get(id) ?? "It was not filed back.");
  }

  return {
    message,
    people,
    error,
    load,
    close,

    open(of: Message): void {
      close();
      message.value = of;
      void load();
    },

    /** What goes wrong is told beside the people, who stay to choose from. */
    async file(of: Message, person: Person): Promise<void> {
      const home = conversations.get(of.conversation)?.person;
      if (!(await changing.ask({ type: "message.file", message: of.id, person: person.id })))
        return;
      if (message.value?.id === of.id) {
        close();
        ui.focus.value = "composer";
      }
      const done = `Filed under ${callName(person)}`;
      if (home)
        toast.offer(
          done,
          () => {},
          () => void undo(of.id, home),
        );
      else toast.say(done);
    },

    forget(conversation: number): void {
      if (message.value?.conversation === conversation) close();
    },
  };
}

export type Filing = ReturnType<typeof createFiling>;
