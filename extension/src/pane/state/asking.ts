// Questions that have one answer each, as promises. A worker that dies forgets them: they are asked
// again on the next port, which all of them allow.
import type { PaneToWorker, Question, WorkerToPane } from "../../lib/messages";
import type { Media, ServerFrame } from "../../wire";

type Bytes = Extract<WorkerToPane, { kind: "media" }>;
type Refused = Extract<WorkerToPane, { kind: "refused" }>;
type Answers<Q extends Question> = Extract<ServerFrame, { type: Answer[Q["type"]] }>;

/** Which frame answers which. */
interface Answer {
  "message.edit": "message.saved";
  "message.cancel": "message.saved";
  "message.keep": "message.saved";
  "message.file": "message.saved";
  "message.settle": "message.saved";
  "receipt.retry": "message.saved";
  "receipt.link": "message.saved";
  "quick_reply.list": "quick_reply.page";
  "restriction.set": "conversation.saved";
  "suspicion.answer": "conversation.saved";
  "activity.list": "activity.page";
  "note.add": "note.added";
  "person.list": "person.page";
  "time.suggest": "time.suggested";
}

/** The backend said no, or could not be asked; the message is for the rep. */
export class Denied extends Error {
  constructor(
    readonly reason: string,
    text: string,
  ) {
    super(text);
  }
}

interface Open {
  said: PaneToWorker;
  settle: (answer: unknown) => void;
  fail: (error: Denied) => void;
}

export function createAsking(post: (message: PaneToWorker) => void) {
  const open = new Map<string, Open>();

  function put<A>(make: (request: string) => PaneToWorker): Promise<A> {
    const request = crypto.randomUUID();
    const said = make(request);
    return new Promise<A>((resolve, reject) => {
      open.set(request, { said, settle: resolve as (answer: unknown) => void, fail: reject });
      post(said);
    });
  }

  function take(request: string): Open | undefined {
    const one = open.get(request);
    open.delete(request);
    return one;
  }

  return {
    ask: <Q extends Question>(question: Q) =>
      put<Answers<Q>>((request) => ({ kind: "ask", request, question })),
    /** `data` is base64. */
    upload: (name: string, content_type: string, data: string) =>
      put<Media>((request) => ({ kind: "upload", request, name, content_type, data })),
    fetchMedia: (media: number) =>
      put<Bytes>((request) => ({ kind: "fetch_media", request, media })),
    answered(request: string, answer: unknown): void {
      take(request)?.settle(answer);
    },
    /** True when it was about one of these. */
    refused({ request, reason, text }: Refused): boolean {
      const one = take(request);
      one?.fail(new Denied(reason, text));
      return one !== undefined;
    },
    again(): void {
      for (const { said } of open.values()) post(said);
    },
    clear(): void {
      for (const { fail } of open.values()) fail(new Denied("ended", "You have signed out."));
      open.clear();
    },
  };
}

export type Asking = ReturnType<typeof createAsking>;
