import { useRef, useState } from "preact/hooks";
import type { Message, SettledAs } from "../../wire";
import { usePane } from "../context";
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

  async function say(answer: SettledAs): Promise<void> {
    // The buttons are gone when it is done, and with them the focus of who has stayed on them.
    if ((await doubts.settle(message, answer)) && document.activeElement === document.body)
      ui.focus.value = "composer";
  }
  function ask(on: boolean): void {
    setSure(on);
    queueMicrotask(first); // what had the focus is gone
  }
  useLayer(sure, () => ask(false));

  const choice = (words: string, act: () => void) => (
    <button key={words} type="button" class="link" aria-disabled={busy} onClick={act}>
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
      <span class="choices">
        {sure ? (
          <>
            {choice("Yes, send again", () => void say("again"))}
            {choice("No", () => ask(false))}
          </>
        ) : (
          <>
            {choice("Was sent", () => void say("sent"))}
            {choice("Was not sent", () => void say("not_sent"))}
            {/* What Repline wrote itself is not sent again. */}
            {message.author_id !== null && choice("Send again", () => ask(true))}
          </>
        )}
      </span>
    </fieldset>
  );
}
