import { signal } from "@preact/signals";
import type { PaneToWorker, WorkerToPane } from "../../lib/messages";
import { sendable } from "./composer";
import type { Conversations } from "./conversations";

const NAME_MAX = 200;

/** Giving an unknown sender a name. */
export function createNaming(post: (message: PaneToWorker) => void, conversations: Conversations) {
  const open = signal(false);
  const error = signal("");
  let asked = "";
  let person = 0;

  return {
    open,
    error,
    save(id: number, name: string): void {
      const given = sendable(name.slice(0, NAME_MAX));
      if (!given) return;
      asked = crypto.randomUUID();
      person = id;
      error.value = "";
      post({ kind: "name", request: asked, person: id, name: given });
    },
    /** The name came back with the conversation. */
    settled(): void {
      if (!asked) return;
      const named = [...conversations.all.value.values()].some(
        (c) => c.person.id === person && c.person.name,
      );
      if (!named) return;
      asked = "";
      open.value = false;
    },
    refused(message: Extract<WorkerToPane, { kind: "refused" }>): boolean {
      if (!asked || message.request !== asked) return false;
      asked = "";
      error.value = message.text;
      return true;
    },
  };
}
