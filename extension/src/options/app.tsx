import { useEffect, useState } from "preact/hooks";
import type { OptionsAnswer } from "../lib/messages";
import { ask } from "./ask";
import { SignInForm } from "./sign_in_form";
import { SignedIn } from "./signed_in";
import { Sites } from "./sites";

export type Known = Extract<OptionsAnswer, { ok: true }>;

const AGAIN_MS = 1_000;

export function App() {
  const [known, setKnown] = useState<Known | null>(null);

  useEffect(() => {
    let over = false;
    const refresh = async () => {
      if (document.hidden) return;
      const answer = await ask({ kind: "status" });
      if (answer.ok && !over) setKnown(answer);
    };
    void refresh();
    const timer = setInterval(refresh, AGAIN_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, []);

  if (!known) return null;
  return (
    <>
      <div class="card">
        <header>
          <img src="icons/48.png" alt="" width="32" height="32" />
          <h1>Repline</h1>
        </header>
        {known.session.user ? (
          <SignedIn known={known} changed={setKnown} />
        ) : (
          <SignInForm changed={setKnown} />
        )}
      </div>
      <Sites sites={known.sites} changed={setKnown} />
    </>
  );
}
