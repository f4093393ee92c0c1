// Files that go with the text being written. Their bytes are in this pane only: a pane that is
// closed loses them, unlike the words.
import { signal } from "@preact/signals";
import type { Files } from "../files";
import { bytes, isPicture, MOST_BYTES, refusal } from "../format/files";
import { MAX_MEDIA, type Media } from "../../wire";
import { type Asking, Denied } from "./asking";
import type { Pictures } from "./media";

export interface Attachment {
  key: string;
  name: string;
  size: number;
  /** Of a picture: shown from the first moment. */
  url: string;
  /** refused: cannot go as it is; failed: can be tried again. */
  state: "uploading" | "done" | "failed" | "refused";
  /** What is wrong, and what to do. */
  problem: string;
  /** A smaller JPEG that the rep may take instead. */
  smaller: Blob | null;
  media: Media | null;
}

interface Kept extends Attachment {
  file: Blob;
  type: string;
}

interface Needs {
  asking: Pick<Asking, "upload">;
  pictures: Pick<Pictures, "hold" | "use">;
  files: Files;
  /** Something of this conversation has ended, well or not. */
  settled(conversation: number): void;
}

const NONE: readonly Kept[] = [];

export function createAttachments({ asking, pictures, files, settled }: Needs) {
  const all = signal<ReadonlyMap<number, readonly Kept[]>>(new Map());
  /** Why some of what was chosen is not there. */
  const trouble = signal("");
  const releases = new Map<string, () => void>();

  const of = (conversation: number) => all.value.get(conversation) ?? NONE;

  function put(conversation: number, list: readonly Kept[]): void {
    const next = new Map(all.value);
    if (list.length) next.set(conversation, list);
    else next.delete(conversation);
    all.value = next;
  }

  function find(key: string): [number, Kept] | null {
    for (const [conversation, list] of all.value) {
      const found = list.find((one) => one.key === key);
      if (found) return [conversation, found];
    }
    return null;
  }

  /** False when it has been taken away meanwhile. */
  function change(key: string, to: Partial<Kept>): boolean {
    const found = find(key);
    if (!found) return false;
    const [conversation] = found;
    put(
      conversation,
      of(conversation).map((one) => (one.key === key ? { ...one, ...to } : one)),
    );
    return true;
  }

  function room(conversation: number, but = ""): number {
    const others = of(conversation).filter((one) => one.key !== but && one.state !== "refused");
    return MOST_BYTES - others.reduce((sum, one) => sum + one.size, 0);
  }

  async function upload(key: string): Promise<void> {
    const found = find(key);
    if (!found) return;
    const [conversation, { name, type, file, url }] = found;
    change(key, { state: "uploading", problem: "" });
    try {
      const media = await asking.upload(name, type, await files.toBase64(file));
      if (!change(key, { state: "done", media })) return;
      if (url) {
        pictures.hold(media.id, url);
        releases.set(key, pictures.use(media.id));
      }
    } catch (error) {
      const problem =
        error instanceof Denied ? error.message : "It could not be read. Choose it again.";
      // Once more would end the same; a smaller picture of another kind may pass.
      const no = error instanceof Denied && error.reason === "refused";
      change(key, { state: no ? "refused" : "failed", problem });
      if (no && isPicture(type)) void offerSmaller(key, room(conversation, key));
    }
    settled(find(key)?.[0] ?? conversation); // it may have been carried elsewhere
  }

  async function offerSmaller(key: string, fit: number): Promise<void> {
    const found = find(key);
    if (!found || fit <= 0) return;
    const smaller = await files.shrink(found[1].file, fit);
    const still = smaller && found[1].type === "image/gif" ? " Smaller, it no longer moves." : "";
    const problem = smaller
      ? `${found[1].problem}${still}`
      : `${found[1].problem} Choose another picture.`;
    change(key, { smaller, problem });
  }

  function add(conversation: number, chosen: readonly File[]): void {
    trouble.value = "";
    const free = MAX_MEDIA - of(conversation).length;
    if (chosen.length > free) {
      const left = chosen.length - free;
      const were = left === 1 ? "1 was" : `${left} were`;
      trouble.value = `A text takes ${MAX_MEDIA} files: ${were} left out.`;
    }
    for (const file of chosen.slice(0, Math.max(0, free))) {
      const refused = refusal(file, room(conversation));
      const one: Kept = {
        key: crypto.randomUUID(),
        name: file.name || "Picture",
        type: file.type,
        size: file.size,
        file,
        url: isPicture(file.type) ? files.url(file) : "",
        state: refused ? "refused" : "uploading",
        problem: refused?.text ?? "",
        smaller: null,
        media: null,
      };
      put(conversation, [...of(conversation), one]);
      if (refused) void offerSmaller(one.key, refused.fit);
      else void upload(one.key);
    }
  }

  function release({ key, url, media }: Kept): void {
    releases.get(key)?.();
    releases.delete(key);
    if (url && !media) files.revoke(url); // else the pictures' store has it
  }

  return {
    trouble,
    of: (conversation: number): readonly Attachment[] => of(conversation),
    add,
    retry: (key: string) => void upload(key),

    /** The rep wants the smaller picture. */
    shrink(key: string): void {
      const found = find(key);
      const smaller = found?.[1].smaller;
      if (!smaller) return;
      const [conversation, { name, url }] = found;
      const problem =
        smaller.size > room(conversation, key)
          ? `Even at ${bytes(smaller.size)} it is too large beside the others. Send it in another text.`
          : "";
      change(key, {
        name: `${name.replace(/\.\w+$/, "")}.jpg`,
        ...{ file: smaller, type: "image/jpeg", size: smaller.size, smaller: null },
        ...{ url: files.url(smaller), state: problem ? "refused" : "uploading", problem },
      });
      if (url) files.revoke(url);
      if (!problem) void upload(key);
    },

    /** Takes it out; `back` puts it in its place again and `gone` frees what it holds. */
    remove(key: string): { name: string; back(): void; gone(): void } | null {
      const found = find(key);
      if (!found) return null;
      const [conversation, one] = found;
      const at = of(conversation).indexOf(one);
      put(
        conversation,
        of(conversation).filter((other) => other !== one),
      );
      trouble.value = "";
      settled(conversation);
      return {
        name: one.name,
        back(): void {
          const list = [...of(conversation)];
          list.splice(at, 0, one);
          put(conversation, list);
          // Its answer may have come while it was away.
          if (one.state === "uploading") void upload(key);
        },
        gone: () => release(one),
      };
    },

    uploading: (conversation: number) => of(conversation).some((one) => one.state === "uploading"),

    /** What keeps the text from going, in words, or "". */
    hindrance(conversation: number): string {
      const wrong = of(conversation).filter((o) => o.state === "failed" || o.state === "refused");
      const first = wrong[0];
      const over = of(conversation).length - MAX_MEDIA;
      if (over > 0) return `A text takes ${MAX_MEDIA} files. Remove ${over} of them.`;
      if (!first) return "";
      const others = wrong.length > 1 ? ` and ${wrong.length - 1} more` : "";
      return `${first.name}${others} can't go yet: see above the text.`;
    },

    /** Those of the text that is being sent; the composer has none from now on. */
    take(conversation: number): Media[] {
      const taken = of(conversation);
      put(conversation, []);
      trouble.value = "";
      for (const one of taken) release(one);
      return taken.flatMap(({ media }) => media ?? []);
    },

    /** A text that did not go comes back with its files. */
    restore(conversation: number, media: readonly Media[]): void {
      const held = of(conversation);
      const back = media.filter(({ id }) => !held.some((one) => one.media?.id === id)).map(ofMedia);
      for (const { key, media } of back) if (media) releases.set(key, pictures.use(media.id));
      put(conversation, [...back, ...held]);
    },

    /** The text goes to another conversation, and its files with it. */
    carry(from: number, to: number): void {
      if (of(to).length) return;
      const list = of(from);
      put(from, []);
      put(to, list);
    },

    forget(conversation: number): void {
      for (const one of of(conversation)) release(one);
      put(conversation, []);
    },

    clear(): void {
      for (const list of all.value.values()) for (const one of list) release(one);
      all.value = new Map();
      trouble.value = "";
    },
  };
}

function ofMedia(media: Media): Kept {
  const { name, size, content_type: type } = media;
  return {
    ...{ key: crypto.randomUUID(), name, size, type, file: new Blob(), url: "" },
    ...{ state: "done", problem: "", smaller: null, media },
  };
}

export type Attachments = ReturnType<typeof createAttachments>;
