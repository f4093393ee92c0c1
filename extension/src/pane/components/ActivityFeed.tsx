import { Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { latestOfKind } from "../format/receipts";
import { dayLabel, sameDay } from "../format/time";
import { callName } from "../format/words";
import { useDelayed } from "../hooks/use_delayed";
import { useLayer } from "../hooks/use_layer";
import { Happened } from "./Happened";
import { IconButton } from "./IconButton";
import { NoteForm } from "./NoteForm";
import { Quiet } from "./Quiet";
import { LogSkeleton } from "./Skeletons";

/** Ask for older ones when this near to the end. */
const NEAR_END_PX = 240;

/** What happened to the person, in the place of the texts: who did it and when. */
export function ActivityFeed({ conversation }: { conversation: Conversation }) {
  const { activities, ui } = usePane();
  const { person, revision } = conversation;
  const place = useRef<HTMLElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const close = () => {
    activities.close();
    ui.focus.value = "composer";
  };
  useLayer(true, close);
  useLayoutEffect(() => first.current?.focus(), []);
  // Something happened in the conversation: the feed has it too.
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current !== revision) void activities.load();
    seen.current = revision;
  }, [revision]);

  function older(): void {
    const list = place.current;
    if (!list) return;
    if (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX)
      void activities.loadMore();
  }
  useEffect(older, [activities.rows.value.length]);

  return (
    <section class="feed" aria-label={`Activity of ${callName(person)}`}>
      <header>
        <IconButton ref={first} icon="back" label="Back to the texts" onClick={close} />
        <h3>Activity</h3>
      </header>
      <section
        class="feed-rows"
        ref={place}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="What happened"
        onScroll={older}
      >
        <Rows />
      </section>
      <NoteForm person={person} />
    </section>
  );
}

function Rows() {
  const { activities, now, session } = usePane();
  const state = activities.state.value;
  const slow = useDelayed(state === "loading");
  const rows = activities.rows.value;
  const full = latestOfKind(rows.toReversed());
  if (state === "error")
    return (
      <Quiet
        icon="warning"
        title="The activity did not load"
        action={{ label: "Try again", act: () => void activities.load() }}
      >
        {activities.error.value}
      </Quiet>
    );
  if (state === "loading") {
    if (session.value?.connection === "offline")
      return <Quiet title="Offline">The activity shows when you are back.</Quiet>;
    return slow ? <LogSkeleton /> : null;
  }
  if (!rows.length)
    return (
      <Quiet icon="clock" title="Nothing happened yet">
        Texts, calls, notes and opt-outs are listed here.
      </Quiet>
    );
  return (
    <>
      <ol>
        {rows.map((activity, index) => {
          const before = rows[index - 1];
          const begins = !before || !sameDay(before.at, activity.at);
          return (
            <Fragment key={activity.id}>
              {begins && <li class="day">{dayLabel(activity.at, now.value)}</li>}
              <Happened activity={activity} full={full.has(activity.id)} />
            </Fragment>
          );
        })}
      </ol>
      {activities.more.value && (
        <p class="day">{activities.loadingMore.value ? "Loading older activity…" : ""}</p>
      )}
    </>
  );
}
