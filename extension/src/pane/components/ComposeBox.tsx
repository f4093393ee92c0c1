import { useLayoutEffect, useRef } from "preact/hooks";
import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { callName } from "../format/words";
import { useFocus } from "../hooks/use_focus";
import { sendable, tooLong } from "../state/composer";
import { Count } from "./Count";
import { EmojiButton } from "./EmojiButton";

interface Props {
  conversation: Conversation;
  text: string;
}

export function ComposeBox({ conversation, text }: Props) {
  const { composer, send, ui } = usePane();
  const area = useRef<HTMLTextAreaElement>(null);
  const { id, person, number } = conversation;
  const long = tooLong(sendable(text));
  useFocus("composer", area);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "0";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  function keys(event: KeyboardEvent): void {
    // 229: the Enter that ends a composition, where isComposing is already false.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    if (!event.repeat) send(id);
  }

  function insert(piece: string): void {
    const element = area.current;
    if (!element) return;
    element.setRangeText(piece, element.selectionStart, element.selectionEnd, "end");
    composer.write(id, element.value);
    ui.focus.value = "composer";
  }

  const canSend = sendable(text) !== "" && !long;
  return (
    <form
      class={long ? "compose over" : "compose"}
      aria-label={`Text to ${callName(person)}`}
      onSubmit={(event) => {
        event.preventDefault();
        send(id);
        ui.focus.value = "composer";
      }}
    >
      <p class="from">
        From <b>{number.display}</b> to <b>{person.mobile_display}</b>
      </p>
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        placeholder="Write a text"
        aria-label={`Text to ${callName(person)}`}
        aria-keyshortcuts="c"
        aria-invalid={long}
        aria-describedby="count"
        value={text}
        onInput={(event) => composer.write(id, event.currentTarget.value)}
        onKeyDown={keys}
        onBlur={composer.flush}
      />
      <div class="tools">
        <EmojiButton insert={insert} />
        <Count text={text} />
        <button type="submit" class="primary send" aria-disabled={!canSend}>
          Send
        </button>
      </div>
    </form>
  );
}
