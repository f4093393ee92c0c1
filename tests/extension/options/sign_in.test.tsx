// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { OptionsAnswer, OptionsToWorker } from "../../../extension/src/lib/messages";
import { App } from "../../../extension/src/options/app";

const session = {
  connection: "signed_out",
  user: null,
  team: null,
  numbers: [],
  unread: 0,
  blocked: null,
  prices: null,
  stale: false,
};
const signedIn = {
  ...session,
  connection: "online",
  user: { id: 1, name: "Ana Ruiz", email: "ana@brightpath.example", role: "rep" },
  team: { id: 1, name: "Brightpath" },
  numbers: [{ id: 1, e164: "+14045550123", display: "(404) 555-0123" }],
};
const sites = { off: [] as string[], added: [] as string[] };
const asked: OptionsToWorker[] = [];
let answer: (question: OptionsToWorker) => OptionsAnswer;

async function show(): Promise<void> {
  await act(async () => render(<App />, document.body));
  await act(async () => {});
}

function type(name: string, value: string): void {
  (document.getElementById(name) as HTMLInputElement).value = value;
}

async function submit(): Promise<void> {
  await act(async () => {
    document
      .querySelector("form")
      ?.dispatchEvent(new Event("submit", { cancelable: true, bubbles: true }));
  });
  await act(async () => {});
}

const out = { ok: true, session, server: "", sites } as OptionsAnswer;

beforeEach(() => {
  asked.length = 0;
  answer = () => out;
  vi.stubGlobal("chrome", {
    runtime: {
      sendMessage: async (question: OptionsToWorker) => {
        asked.push(question);
        return answer(question);
      },
    },
  });
  render(null, document.body);
});

describe("The sign-in page", () => {
  test("puts the cursor where to begin", async () => {
    await show();
    expect(document.activeElement?.id).toBe("server");
  });

  test("says which field is missing and goes there, without asking the worker", async () => {
    await show();
    type("server", "https://repline.example");
    await submit();
    expect(document.getElementById("email-error")?.textContent).toBe("Enter your email address.");
    expect(document.activeElement?.id).toBe("email");
    expect(asked.some(({ kind }) => kind === "sign_in")).toBe(false);
  });

  test("shows the backend's refusal at its field", async () => {
    answer = ({ kind }) =>
      kind === "sign_in" ? { ok: false, field: "password", text: "The password is wrong." } : out;
    await show();
    for (const name of ["server", "email", "password"]) type(name, "x");
    await submit();
    const input = document.getElementById("password");
    expect(input?.getAttribute("aria-invalid")).toBe("true");
    expect(
      document.getElementById(input?.getAttribute("aria-describedby") ?? "")?.textContent,
    ).toBe("The password is wrong.");
  });

  test("shows who is signed in, and signs out", async () => {
    answer = ({ kind }) =>
      kind === "sign_out"
        ? out
        : ({
            ok: true,
            session: signedIn,
            server: "https://repline.example",
            sites,
          } as OptionsAnswer);
    await show();
    for (const word of [
      "Ana Ruiz",
      "Brightpath",
      "(404) 555-0123",
      "https://repline.example",
      "Online",
    ]) {
      expect(document.body.textContent).toContain(word);
    }
    await act(async () => document.querySelector("button")?.click());
    await act(async () => {});
    expect(asked.at(-1)).toEqual({ kind: "sign_out" });
    expect(document.querySelector("form")).not.toBeNull();
  });
});
