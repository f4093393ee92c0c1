import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import type { Known } from "./app";
import { ask } from "./ask";
import { Field } from "./field";

type Name = "server" | "email" | "password";
type Trouble = { field: Name | ""; text: string };

const FIRST: Trouble = { field: "", text: "" };
const NONE: Trouble = { ...FIRST };
const MISSING: Record<Name, string> = {
  server: "Enter the address of your Repline server.",
  email: "Enter your email address.",
  password: "Enter your password.",
};

export function SignInForm({ changed }: { changed: (known: Known) => void }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>(FIRST);

  async function submit(event: TargetedSubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const data = new FormData(event.currentTarget);
    const typed = (name: Name) => String(data.get(name) ?? "");
    const empty = (["server", "email", "password"] as const).find((name) => !typed(name).trim());
    if (empty) return setTrouble({ field: empty, text: MISSING[empty] });
    setBusy(true);
    setTrouble(NONE);
    const [server, email, password] = [typed("server"), typed("email"), typed("password")];
    const answer = await ask({ kind: "sign_in", server, email, password });
    setBusy(false);
    if (answer.ok) changed(answer);
    else setTrouble({ field: answer.field, text: answer.text });
  }

  const errorOf = (name: Name) => (trouble.field === name ? trouble.text : "");
  return (
    <form onSubmit={submit} noValidate aria-busy={busy}>
      <h2>Sign in</h2>
      <Field
        name="server"
        label="Server address"
        hint="Your admin has it, for example https://repline.example.com"
        error={errorOf("server")}
        focused={trouble.field === "server" || trouble === FIRST}
        input={{ type: "url", autocomplete: "url", spellcheck: false, maxLength: 2000 }}
      />
      <Field
        name="email"
        label="Email"
        error={errorOf("email")}
        focused={trouble.field === "email"}
        input={{ type: "email", autocomplete: "username", spellcheck: false, maxLength: 254 }}
      />
      <Field
        name="password"
        label="Password"
        error={errorOf("password")}
        focused={trouble.field === "password"}
        input={{ type: "password", autocomplete: "current-password", maxLength: 1000 }}
      />
      <div role="alert">
        {trouble.text && !trouble.field && <p class="trouble">{trouble.text}</p>}
      </div>
      <button type="submit" class="primary" aria-disabled={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </button>
    </form>
  );
}
