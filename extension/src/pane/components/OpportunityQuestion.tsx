import { useRef } from "preact/hooks";
import type { Message, OpportunityChoice, Person } from "../../wire";
import { usePane } from "../context";
import { useFocus } from "../hooks/use_focus";
import { useLayer } from "../hooks/use_layer";
import { IconButton } from "./IconButton";

interface Props {
  message: Message;
  person: Person;
}

/** Under a text that may belong to several opportunities: a rep knows which. */
export function OpportunityQuestion({ message, person }: Props) {
  const { receipts, ui } = usePane();
  const first = useRef<HTMLButtonElement>(null);
  useFocus("opportunity", first);
  const anew = receipts.anew(message);
  const now = receipts.of(message)?.opportunity;

  function choose(choice: OpportunityChoice | null): void {
    void receipts.link(message, person, choice);
    ui.focus.value = "composer";
  }

  function close(): void {
    receipts.putAway(message, person);
    ui.focus.value = "composer";
  }
  useLayer(anew, close);

  return (
    <section class="which" aria-label="Which opportunity does this belong to?">
      <p>Which opportunity does this belong to?</p>
      <IconButton icon="close" label="Hide this question" onClick={close} />
      <div class="answers">
        {receipts.choices(message).map((choice, index) => (
          <button
            key={choice.id}
            ref={index === 0 ? first : undefined}
            type="button"
            class="plain framed"
            title={choice.name}
            aria-pressed={anew ? choice.name === now : undefined}
            onClick={() => choose(choice)}
          >
            <bdi>{choice.name || "No name"}</bdi>
          </button>
        ))}
        <button
          type="button"
          class="plain framed"
          aria-pressed={anew ? !now : undefined}
          onClick={() => choose(null)}
        >
          None of them
        </button>
      </div>
    </section>
  );
}
