// The few REST calls of the worker: everything else goes over the socket.

import type { Problem } from "../wire";

/** The backend answered, and said no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly field: string,
  ) {
    super(detail);
  }
}

/** No answer, or none that came from a Repline backend that works. */
export class Unreachable extends Error {
  /** True when the backend is well and asks for fewer calls; the message is its own then. */
  busy = false;
}

const PATIENCE_MS = 15_000;
/** Five megabytes on a slow line. */
const FILE_PATIENCE_MS = 120_000;

/** Calls `<server>/api/v1<path>`. Throws Refusal (4xx) or Unreachable (no answer, 5xx, 429). */
export async function call<Answer>(
  server: string,
  method: "POST" | "PUT" | "DELETE",
  path: string,
  options: { body?: unknown; token?: string } = {},
): Promise<Answer> {
  const { token = "" } = options;
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const request = { method, body, type: body && "application/json", token, patience: PATIENCE_MS };
  const answer = await fetched(`${server}/api/v1${path}`, request);
  return parse(await answer.text()) as Answer;
}

/** Sends a file. Throws as `call` does. */
export async function send<Answer>(
  server: string,
  path: string,
  file: Blob,
  token: string,
): Promise<Answer> {
  const { type } = file;
  const request = { method: "POST", body: file, type, token, patience: FILE_PATIENCE_MS };
  const answer = await fetched(`${server}/api/v1${path}`, request);
  return parse(await answer.text()) as Answer;
}

/** Gets a file. Throws as `call` does. */
export async function download(server: string, path: string, token: string): Promise<Blob> {
  const request = { method: "GET", body: null, type: null, token, patience: FILE_PATIENCE_MS };
  return fetched(`${server}${path}`, request);
}

interface Request {
  method: string;
  body: BodyInit | null;
  type: string | null;
  token: string;
  patience: number;
}

async function fetched(
  address: string,
  { method, body, type, token, patience }: Request,
): Promise<Blob> {
  const headers: Record<string, string> = { Accept: "application/json, */*" };
  if (type) headers["Content-Type"] = type;
  if (token) headers.Authorization = `Bearer ${token}`;
  let response: Response;
  let answer: Blob;
  try {
    response = await fetch(address, {
      method,
      headers,
      body,
      credentials: "omit",
      cache: "no-store",
      redirect: "error", // a token is never sent on to where the rep did not sign in
      signal: AbortSignal.timeout(patience),
    });
    answer = await response.blob();
  } catch (error) {
    throw new Unreachable("No answer", { cause: error });
  }
  if (response.ok) return answer;
  const problem = (parse(await answer.text()) ?? {}) as Partial<Problem>;
  if (response.status >= 500 || response.status === 429) {
    const error = new Unreachable(problem.detail || `Answered ${response.status}`);
    error.busy = response.status === 429;
    throw error;
  }
  throw new Refusal(response.status, problem.detail ?? "", problem.field ?? "");
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
