import { useEffect, useRef } from "preact/hooks";
import type { Conversation, Suspicion as Suspected } from "../../wire";
import { usePane } from "../context";
import { callName, firstName } from "../format/words";
import { useFocus } from "../hooks/use_focus";
import { Icon } from "./Icon";

interface Props {
  conversation: Conversation;
  suspicion: Suspected;
}

/** Under a text that read like a wish to stop: what it meant is for a person to say. */
export function Suspicion({ conversation, suspicion }: Props) {
  const { consent, ui } = usePane();
  const yes = useRef<HTMLButtonElement>(null);
  const name = firstName(conversation.person);
  const who = name === "them" ? callName(conversation.person) : name;
  useFocus("suspicion", yes);
  // Said once, when it comes up: the log itself is not live.
  useEffect(() => {
    ui.status.value = `${who} wrote “${suspicion.phrase}”. Did they opt out?`;
  }, [suspicion.message]);
  return (
    <section class="suspicion" aria-label="Did they opt out?">
      <Icon name="warning" />
      <div>
        <p>
          {who} wrote “<bdi>{suspicion.phrase}</bdi>”. Did they opt out?
        </p>
        <div class="answers">
          <button
            ref={yes}
            type="button"
            class="plain framed"
            onClick={() => {
              consent.optedOut(conversation);
              ui.focus.value = "composer";
            }}
          >
            Yes, opt out
          </button>
          <button
            type="button"
            class="plain framed"
            onClick={async () => {
              await consent.keepTexting(conversation);
              // Not before: until then the reason stands where one writes.
              ui.focus.value = "composer";
            }}
          >
            No, keep texting
          </button>
        </div>
        <p class="error" role="alert">
          {consent.error(conversation.id)}
        </p>
      </div>
    </section>
  );
}
