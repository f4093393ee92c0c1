import { beforeEach, describe, expect, test, vi } from "vitest";
import { answerOptions } from "../../../extension/src/worker/options";
import { FakeSocket, SERVER, World } from "../fakes";

let world: World;
let backend: () => Promise<Response>;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
  vi.stubGlobal("fetch", () => backend());
});

function signIn(server = SERVER) {
  return answerOptions(world.core, {
    kind: "sign_in",
    server,
    email: "a@b.example",
    password: "x",
  });
}

const problem = (status: number, body: object) => async () => Response.json(body, { status });

describe("A sign-in that fails says where and why", () => {
  test("a wrong password, in the backend's words", async () => {
    backend = problem(401, { detail: "Check both.", field: "" });
    expect(await signIn()).toEqual({ ok: false, field: "", text: "Check both." });
  });

  test("too many tries, in the backend's words", async () => {
    backend = problem(429, { detail: "Try again in a minute." });
    expect(await signIn()).toEqual({ ok: false, field: "", text: "Try again in a minute." });
  });

  test.each([
    ["no answer", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["a backend in trouble", problem(503, {})],
    ["a site that is no Repline", problem(404, {})],
  ])("%s, at the server's address", async (_what, answer) => {
    backend = answer;
    expect(await signIn()).toMatchObject({ ok: false, field: "server" });
  });

  test("an address that is none, without a call", async () => {
    backend = vi.fn();
    expect(await signIn("http://repline.example")).toMatchObject({ ok: false, field: "server" });
    expect(backend).not.toHaveBeenCalled();
  });
});

test("A sign-out tells the backend, ends the socket and forgets what was held", async () => {
  vi.stubGlobal("fetch", undefined);
  world = new World();
  await world.signIn();
  world.core.cache.putPage([], "");
  const answer = await answerOptions(world.core, { kind: "sign_out" });
  expect(answer).toMatchObject({ ok: true, session: { user: null, connection: "signed_out" } });
  const ended = world.calls.filter(({ method }) => method === "DELETE").map(({ path }) => path);
  expect(ended).toEqual(["/push", "/session"]);
  expect(FakeSocket.last.readyState).toBe(3);
  expect(world.core.cache.page).toBeNull();
  expect(world.disk.has("identity")).toBe(false);
});
