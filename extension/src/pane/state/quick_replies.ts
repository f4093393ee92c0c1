import { signal } from "@preact/signals";
import type { QuickReply } from "../../wire";
import { type Asking, Denied } from "./asking";

/** The team's quick replies: asked for when they are wanted, shown from memory meanwhile. */
export function createQuickReplies(asking: Pick<Asking, "ask">) {
  const all = signal<readonly QuickReply[] | null>(null);
  const error = signal("");
  let life = 0;

  return {
    /** null until they have come. */
    all,
    error,

    async load(): Promise<void> {
      const began = life;
      error.value = "";
      try {
        const { quick_replies } = await asking.ask({ type: "quick_reply.list" });
        if (began === life) all.value = quick_replies;
      } catch (failure) {
        if (began !== life) return;
        error.value = failure instanceof Denied ? failure.message : "They did not load.";
      }
    },

    clear(): void {
      life += 1;
      all.value = null;
      error.value = "";
    },
  };
}

/** Those with every word of `query` in name or text; names that begin with it come first. */
export function matching(all: readonly QuickReply[], query: string): QuickReply[] {
  const wanted = query.trim().toLocaleLowerCase("en");
  const words = wanted.split(/\s+/);
  const found = all.filter(({ name, body }) => {
    const within = `${name}\n${body}`.toLocaleLowerCase("en");
    return words.every((word) => within.includes(word));
  });
  const begins = ({ name }: QuickReply) => name.toLocaleLowerCase("en").startsWith(wanted);
  return [...found.filter(begins), ...found.filter((one) => !begins(one))];
}
