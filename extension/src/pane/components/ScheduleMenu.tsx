import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation, TimeSuggested } from "../../wire";
import { usePane } from "../context";
import { bothClocks } from "../format/zone";
import type { Popover } from "../hooks/use_popover";
import { Denied } from "../state/asking";
import { timesFrom } from "../state/standing";
import { IconButton } from "./IconButton";
import { OwnTime } from "./OwnTime";

interface Props {
  conversation: Conversation;
  popover: Popover;
  /** Whether there is something that can be scheduled. */
  ready: boolean;
  /** No time before this one is offered, in ms. */
  from: number;
  /** It is the one thing to do, as there is nothing that can be sent now. */
  choosing: boolean;
}

/** Send later: times that suit the recipient, or a time of one's own. */
export function ScheduleMenu({ conversation, popover, ready, from, choosing }: Props) {
  const { composer, sending, ui } = usePane();
  const { open, place, button, toggle, close } = popover;
  const { id } = conversation;
  const label = composer.edit(id) ? "Change the time" : "Send later";

  function choose(at: number): void {
    close(false);
    if (composer.edit(id)) composer.changeEdit(id, { at });
    else sending.send(id, at);
    ui.focus.value = "composer";
  }

  const opens = {
    ...{ ref: button, "aria-expanded": open, "aria-haspopup": "dialog" as const },
    ...{ "aria-keyshortcuts": "Alt+Shift+S", onClick: toggle },
  };

  return (
    <>
      {choosing ? (
        <button type="button" key="choose" class="primary send" {...opens}>
          Choose a time
        </button>
      ) : (
        <IconButton key="later" icon="chevron" label={label} class="later" {...opens} />
      )}
      {open && (
        <div class="popover schedule" role="dialog" aria-label={label} ref={place}>
          <Times {...{ conversation, ready, from, choose }} />
        </div>
      )}
    </>
  );
}

interface TimesProps {
  conversation: Conversation;
  ready: boolean;
  from: number;
  choose(at: number): void;
}

function Times({ conversation, ready, from, choose }: TimesProps) {
  const { schedule } = usePane();
  const [told, setTold] = useState<TimeSuggested | null>(null);
  const [error, setError] = useState("");
  const [attempt, setAttempt] = useState(0);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let current = true;
    setError("");
    schedule.suggest(conversation.id).then(
      (times) => current && setTold(timesFrom(times, from)),
      (failure) =>
        current && setError(failure instanceof Denied ? failure.message : "They did not load."),
    );
    return () => {
      current = false;
    };
  }, [attempt]);
  // Until the times are there the focus is held here, so that Escape and arrows work at once.
  useEffect(() => {
    const first = place.current?.querySelector<HTMLElement>("button, input");
    (first ?? place.current)?.focus();
  }, [told, error]);

  function keys(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const all = [...(place.current?.querySelectorAll<HTMLElement>(".times button") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (!step || at < 0) return;
    event.preventDefault();
    all[(at + step + all.length) % all.length]?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are heard for the buttons within
    <div class="times-place" ref={place} tabIndex={-1} onKeyDown={keys}>
      {!ready && (
        <p class="popover-word first">Write the text first. These are the times for it.</p>
      )}
      {error ? (
        <p class="popover-word" role="alert">
          {error}{" "}
          <button type="button" class="link" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </button>
        </p>
      ) : told ? (
        <>
          <ul class="times">
            {told.times.map(({ at, label }) => (
              <li key={at}>
                <button type="button" aria-disabled={!ready} onClick={() => ready && choose(at)}>
                  <b>{label}</b> <span>{bothClocks(at, told.zone)}</span>
                </button>
              </li>
            ))}
          </ul>
          <OwnTime told={told} ready={ready} choose={choose} />
        </>
      ) : (
        <p class="popover-word" role="status">
          Loading times…
        </p>
      )}
    </div>
  );
}
