import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { firstName } from "../format/words";
import { useLayer } from "../hooks/use_layer";

const NOTE_MAX = 500;

/** Do not text, by hand: with a word on why, if the rep has one. */
export function RestrictForm({ conversation }: { conversation: Conversation }) {
  const { consent, ui } = usePane();
  const [note, setNote] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const close = () => {
    consent.form.value = null;
    ui.focus.value = "composer";
  };
  useLayer(true, close);
  useLayoutEffect(() => input.current?.focus(), []);
  const { display } = conversation.number;
  return (
    <form
      class="strip"
      aria-label="Do not text"
      onSubmit={async (event) => {
        event.preventDefault();
        await consent.stop(conversation, note.trim());
        if (consent.form.value === null) ui.focus.value = "composer";
      }}
    >
      <p>
        Nobody in your team can text {firstName(conversation.person)} until this is taken back, from{" "}
        {display} or any other number.
      </p>
      <div class="strip-line">
        <input
          ref={input}
          aria-label="Why, if you like"
          placeholder="Why, if you like"
          maxLength={NOTE_MAX}
          dir="auto"
          autoComplete="off"
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
        <button type="submit" class="primary" aria-disabled={consent.busy.value}>
          Do not text
        </button>
        <button type="button" class="plain" onClick={close}>
          Cancel
        </button>
      </div>
      <p class="error" role="alert">
        {consent.error(conversation.id)}
      </p>
    </form>
  );
}
