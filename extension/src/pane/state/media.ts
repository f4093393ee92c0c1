// Pictures of texts, as addresses for <img>. They come from the composer, which has them already, or
// from the backend by way of the worker; the least used are given back.
import { type Signal, signal } from "@preact/signals";
import type { Files } from "../files";
import { type Asking, Denied } from "./asking";

/** What may be shown: nothing that could carry a script, and nothing that a browser cannot draw. */
export const PICTURES: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
]);

/** Held at once, beside those that are on the screen. */
const MOST = 60;

interface Held {
  url: Signal<string>;
  error: Signal<string>;
  asked: boolean;
  users: number;
}

export function createPictures(asking: Pick<Asking, "fetchMedia">, files: Files) {
  const all = new Map<number, Held>(); // least lately wanted first
  let life = 0; // of one sign-in

  function of(media: number): Held {
    const found = all.get(media);
    const held = found ?? { url: signal(""), error: signal(""), asked: false, users: 0 };
    all.delete(media);
    all.set(media, held);
    return held;
  }

  /** Only what nobody uses goes, and its readers are not told: what is drawn stays drawn. */
  function evict(): void {
    for (const [media, { url, users }] of all) {
      if (all.size <= MOST) return;
      if (users || !url.peek()) continue;
      files.revoke(url.peek());
      all.delete(media);
    }
  }

  async function fetch(media: number, held: Held): Promise<void> {
    const began = life;
    held.asked = true;
    held.error.value = "";
    try {
      const { content_type, data } = await asking.fetchMedia(media);
      if (began !== life || held.url.peek()) return;
      if (!PICTURES.has(content_type)) {
        held.error.value = "This file is no picture that can be shown here.";
        return;
      }
      held.url.value = files.url(files.fromBase64(data, content_type));
      evict();
    } catch (error) {
      held.error.value = error instanceof Denied ? error.message : "The picture did not load.";
    }
  }

  return {
    /** The address, or "" until it is there; the first call asks for it. Read it while drawing. */
    url(media: number): string {
      const held = of(media);
      if (!held.asked && !held.url.peek()) void fetch(media, held);
      return held.url.value;
    },

    /** Whether it has its address already. */
    has: (media: number): boolean => !!all.get(media)?.url.peek(),

    /** Why there is no address, or "". */
    error: (media: number): string => of(media).error.value,

    again(media: number): void {
      const held = of(media);
      if (held.error.peek()) void fetch(media, held);
    },

    /** Keeps it while it is on the screen; call what is returned when it no longer is. */
    use(media: number): () => void {
      const held = of(media);
      held.users += 1;
      let over = false;
      return () => {
        if (!over) held.users -= 1;
        over = true;
      };
    },

    /** Takes over an address that the composer made: the same picture, now with an id. */
    hold(media: number, url: string): void {
      const held = of(media);
      if (held.url.peek()) {
        if (held.url.peek() !== url) files.revoke(url);
        return;
      }
      held.asked = true;
      held.url.value = url;
      evict();
    },

    clear(): void {
      life += 1;
      for (const { url } of all.values()) if (url.peek()) files.revoke(url.peek());
      all.clear();
    },
  };
}

export type Pictures = ReturnType<typeof createPictures>;
