import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Message, SettledAs } from "../../wire";
import { usePane } from "../context";
import { WAITING } from "../format/words";
import { useLayer } from "../hooks/use_layer";

interface Props {
  message: Message;
  /** Whom it was for. */
  name: string;
}

/** What became of a text in doubt is for a person to say, who can ask whom it was for. */
export function Doubtful({ message, name }: Props) {
  const { changing, doubts, ui } = usePane();
  const [sure, setSure] = useState(false);
  const group = useRef<HTMLFieldSetElement>(null);
  const { id } = message;
  const busy = changing.busy.value.has(id);
  const first = () => group.current?.querySelector("button")?.focus();

  // Once it is settled, here or by somebody else, the buttons are gone, and with them the focus of
  // who has stayed on them, and what was wrong with the answer.
  useLayoutEffect(
    () => () => {
      changing.forgive(id);
      if (group.current?.contains(document.activeElement)) ui.focus.value = "composer";
    },
    [],
  );
  const say = (answer: SettledAs) => void doubts.settle(message, answer);

  function ask(on: boolean): void {
    setSure(on);
    queueMicrotask(first); // what had the focus is gone
  }
  useLayer(sure, () => ask(false));

  const choice = (words: string, act: () => void) => (
    <button
      key={words}
      type="button"
      class="link"
      aria-disabled={busy}
      // What is asked next comes in the same place: it is not answered by the rest of a double
      // click, nor by a key that is held.
      onClick={({ detail }) => detail < 2 && act()}
      onKeyDown={(event) => event.repeat && event.key === "Enter" && event.preventDefault()}
    >
      {words}
    </button>
  );
  return (
    <fieldset class="doubt" ref={group} aria-busy={busy}>
      <legend class={sure ? "detail" : "unseen"}>
        {sure
          ? `If the carrier took it after all, ${name} gets it twice. Send it again?`
          : "Was it sent?"}
      </legend>
      {changing.waits(id) && <span class="detail">{WAITING}</span>}
      <span class="choices">
        {sure ? (
          <>
            {choice("Yes, send again", () => say("again"))}
            {choice("No", () => ask(false))}
          </>
        ) : (
          <>
            {choice("Was sent", () => say("sent"))}
            {choice("Was not sent", () => say("not_sent"))}
            {/* What Repline wrote itself is not sent again. */}
            {message.author_id !== null && choice("Send again", () => ask(true))}
          </>
        )}
      </span>
    </fieldset>
  );
}
