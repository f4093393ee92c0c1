import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { entries } from "../format/log";
import { latestOfKind } from "../format/receipts";
import { dayLabel } from "../format/time";
import { useSticky } from "../hooks/use_sticky";
import { useTextKeys } from "../hooks/use_text_keys";
import type { Talk } from "../state/talks";
import { Bubble } from "./Bubble";
import { choicesFor } from "./MessageMenu";
import { NewPill } from "./NewPill";
import { OpportunityQuestion } from "./OpportunityQuestion";
import { PendingBubble } from "./PendingBubble";
import { Scheduled } from "./Scheduled";
import { Suspicion } from "./Suspicion";

/** Load older texts when this near to the top. */
const NEAR_TOP_PX = 240;

interface Props {
  talk: Talk;
  conversation: Conversation;
}

/**
 * The texts. Not virtualised, unlike the list: pages of 50 come only as one scrolls back, and a
 * screen reader or a search in the page finds all that was loaded.
 */
export function Log({ talk, conversation }: Props) {
  const pane = usePane();
  const { outgoing, opening, consent, receipts, now, ui } = pane;
  const log = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const pending = outgoing.pending(talk.id, talk.messages);
  const drawn = entries(talk.messages, pending);
  const suspicion = consent.suspicion(conversation);
  const question = suspicion && (
    <Suspicion key="suspicion" conversation={conversation} suspicion={suspicion} />
  );
  const { person } = conversation;
  const asked = receipts.question(talk.messages, person);
  const full = latestOfKind(talk.messages);
  const withMenu = drawn.flatMap((entry) =>
    entry.kind === "message" && choicesFor(pane, entry.message, conversation).length
      ? [entry.message.id]
      : [],
  );
  const { tabbed, keys } = useTextKeys(content, withMenu);
  const { look, toEnd } = useSticky(log, content, String(talk.messages[0]?.id ?? ""));

  function older(): void {
    if (talk.more && (log.current?.scrollTop ?? 0) < NEAR_TOP_PX) opening.loadOlder();
  }
  // A short page does not scroll, and so would never ask for the rest.
  useEffect(older, [talk.messages.length]);
  useEffect(() => {
    if (ui.atBottom.value) toEnd();
  }, [ui.atBottom.value]);

  return (
    <div class="log-frame">
      <section
        class="log"
        ref={log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Texts"
        onScroll={() => {
          look();
          older();
        }}
      >
        <div class="log-content" ref={content} {...keys}>
          {talk.more && (
            <p class="day">{opening.loadingOlder.value ? "Loading older texts…" : ""}</p>
          )}
          {!talk.more && drawn.length === 0 && (
            <p class="day">No texts yet. Write the first one below.</p>
          )}
          {drawn.map((entry) => {
            if (entry.kind === "day")
              return (
                <h3 class="day" key={entry.key}>
                  {dayLabel(entry.at, now.value)}
                </h3>
              );
            const { key, ...said } = entry;
            if (said.kind !== "message") return <PendingBubble key={key} {...said} />;
            const { message } = said;
            return (
              <Fragment key={key}>
                <Bubble
                  {...said}
                  conversation={conversation}
                  full={full.has(message.id)}
                  tabbed={message.id === tabbed}
                />
                {message === asked && <OpportunityQuestion message={message} person={person} />}
                {message.id === suspicion?.message && question}
              </Fragment>
            );
          })}
          {/* Asked about a text further up than what is loaded. */}
          {suspicion && !talk.messages.some((m) => m.id === suspicion.message) && question}
          <Scheduled conversation={conversation} />
        </div>
      </section>
      <NewPill messages={talk.messages} toEnd={toEnd} />
    </div>
  );
}
