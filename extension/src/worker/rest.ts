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

/** Calls `<server>/api/v1<path>`. Throws Refusal (4xx) or Unreachable (no answer, 5xx, 429). */
export async function call<Answer>(
  server: string,
  method: "POST" | "PUT" | "DELETE",
  path: string,
  options: { body?: unknown; token?: string } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.token) headers.Authorization = `Bearer ${options.token}`;
  const request: RequestInit = {
    method,
    headers,
    credentials: "omit",
    cache: "no-store",
    redirect: "error", // a token is never sent on to where the rep did not sign in
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  if (options.body !== undefined) request.body = JSON.stringify(options.body);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${server}/api/v1${path}`, request);
    text = await response.text();
  } catch (error) {
    throw new Unreachable("No answer", { cause: error });
  }
  if (response.ok) return parse(text) as Answer;
  const problem = (parse(text) ?? {}) as Partial<Problem>;
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
