// A worker for tests: it answers what the pane asks from what it was given, and keeps what it heard.
import type {
  PaneToWorker,
  Pending,
  SessionState,
  Target,
  WorkerToPane,
} from "../../../extension/src/lib/messages";
import type { Listener, Transport } from "../../../extension/src/pane/transport";
import type {
  Blocked,
  Conversation,
  Media,
  Message,
  ServerFrame,
} from "../../../extension/src/wire";
import { session } from "./people";

export interface Known {
  session?: Partial<SessionState>;
  conversations?: Conversation[];
  messages?: Message[];
  pending?: Pending[];
  drafts?: Record<number, string>;
  target?: Target;
  pageSize?: number;
  /** Kinds that it leaves without an answer. */
  deaf?: PaneToWorker["kind"][];
  /** Kinds that it refuses, with what it says. */
  refuses?: Partial<Record<PaneToWorker["kind"], string>>;
  /** The frames that answer what it passes on, by the question's type, without the request. */
  answers?: Record<string, object>;
  /** Bytes of media by id: the type and base64. */
  media?: Record<number, [string, string]>;
}

type Asked<K extends PaneToWorker["kind"]> = Extract<PaneToWorker, { kind: K }>;

export class FakeWorker implements Transport {
  readonly heard: PaneToWorker[] = [];
  #listener: Listener | null = null;

  constructor(readonly known: Known = {}) {}

  start(listener: Listener): void {
    this.#listener = listener;
    this.greet();
    if (this.known.target) this.tell({ kind: "target", target: this.known.target });
  }

  /** What a worker says to a pane that it accepts; also after it has been started again. */
  greet(): void {
    this.tell({ kind: "session", session: session(this.known.session) });
  }

  lose(): void {
    this.#listener?.lost();
  }

  gone(): void {
    this.#listener?.gone();
  }

  stop(): void {
    this.#listener = null;
  }

  tell(message: WorkerToPane): void {
    this.#listener?.message(message);
  }

  all<K extends PaneToWorker["kind"]>(kind: K): Asked<K>[] {
    return this.heard.filter((m): m is Asked<K> => m.kind === kind);
  }

  last<K extends PaneToWorker["kind"]>(kind: K): Asked<K> {
    const found = this.all(kind).at(-1);
    if (!found) throw new Error(`the pane never said ${kind}`);
    return found;
  }

  post(message: PaneToWorker): void {
    this.heard.push(message);
    if (this.known.deaf?.includes(message.kind)) return;
    const text = this.known.refuses?.[message.kind];
    const answer = text ? this.#refuse(message, text) : this.#answer(message);
    if (answer) queueMicrotask(() => this.tell(answer));
  }

  #refuse(message: PaneToWorker, text: string): WorkerToPane {
    const request = "request" in message ? message.request : "ref" in message ? message.ref : "";
    return { kind: "refused", request, reason: "failed", text, blocked: null as Blocked | null };
  }

  #answer(message: PaneToWorker): WorkerToPane | null {
    switch (message.kind) {
      case "list":
        return this.#page(message);
      case "open":
        return this.opened(message.request, message.conversation);
      case "open_person": {
        const one = this.known.conversations?.find((c) => c.person.name === message.person.name);
        return one ? this.opened(message.request, one.id) : null;
      }
      case "older": {
        const { request, conversation } = message;
        const before = this.#messages(conversation).filter((m) => m.id < message.before);
        return {
          kind: "older",
          request,
          conversation,
          messages: before.slice(-50),
          more: before.length > 50,
        };
      }
      case "ask": {
        const { request, question } = message;
        const answer = this.known.answers?.[question.type];
        if (!answer) return null;
        return { kind: "answer", request, frame: { ...answer, request, v: 1 } as ServerFrame };
      }
      case "upload":
        return { kind: "uploaded", request: message.request, media: this.#stored(message) };
      case "fetch_media": {
        const { request, media } = message;
        const bytes = this.known.media?.[media];
        return bytes
          ? { kind: "media", request, media, content_type: bytes[0], data: bytes[1] }
          : null;
      }
      default:
        return null;
    }
  }

  #stored({ name, content_type, data }: Asked<"upload">): Media {
    const id = 500 + this.all("upload").length;
    const size = Math.floor((data.length * 3) / 4);
    const looks = { width: 0, height: 0, state: "ready", error: "" } as const;
    return { id, content_type, size, name, ...looks };
  }

  #messages(conversation: number): Message[] {
    return (this.known.messages ?? []).filter((m) => m.conversation === conversation);
  }

  #page({ request, folder, search, before }: Asked<"list">): WorkerToPane {
    const found = (this.known.conversations ?? []).filter((c) =>
      c.person.name.toLowerCase().includes(search.toLowerCase()),
    );
    const from = Number(before || 0);
    const to = from + (this.known.pageSize ?? 50);
    const next = to < found.length ? String(to) : "";
    return {
      kind: "page",
      request,
      folder,
      search,
      conversations: found.slice(from, to),
      next,
      cached: false,
    };
  }

  opened(request: string, id: number): WorkerToPane | null {
    const conversation = this.known.conversations?.find((c) => c.id === id);
    if (!conversation) return null;
    const messages = this.#messages(id);
    return {
      kind: "opened",
      request,
      conversation,
      messages: messages.slice(-50),
      more: messages.length > 50,
      draft: this.known.drafts?.[id] ?? "",
      pending: (this.known.pending ?? []).filter((p) => p.conversation === id),
      cached: false,
    };
  }
}
