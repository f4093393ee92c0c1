import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { useDelayed } from "../hooks/use_delayed";
import type { Talk } from "../state/talks";
import { ActivityFeed } from "./ActivityFeed";
import { Compose } from "./Compose";
import { Covered } from "./Covered";
import { FileDialog } from "./FileDialog";
import { Lightbox } from "./Lightbox";
import { Log } from "./Log";
import { Quiet } from "./Quiet";
import { RestrictForm } from "./RestrictForm";
import { LogSkeleton } from "./Skeletons";
import { TalkHeader } from "./TalkHeader";
import { Toast } from "./Toast";
import { Warning } from "./Warning";
import { Why } from "./Why";

export function TalkSide() {
  const pane = usePane();
  const { talks, opening, conversations } = pane;
  const talk = talks.talk.value;
  const conversation = conversations.get(talks.current.value);
  const nothing = !talk && !opening.person.value;
  return (
    <main class="talk" aria-label="Conversation">
      <TalkHeader conversation={conversation} />
      {nothing ? (
        <Nothing />
      ) : talk?.known && conversation ? (
        <Talking key={talk.id} talk={talk} conversation={conversation} />
      ) : (
        <>
          <Opening />
          <Covered />
          <Toast />
        </>
      )}
    </main>
  );
}

function Talking({ talk, conversation }: { talk: Talk; conversation: Conversation }) {
  const { activities, consent, filing, ui } = usePane();
  const filed = filing.message.value;
  const feed = activities.person.value === conversation.person.id;
  return (
    <>
      {consent.form.value === talk.id && <RestrictForm conversation={conversation} />}
      {feed ? (
        <ActivityFeed conversation={conversation} />
      ) : (
        <>
          <Why conversation={conversation} />
          <Log talk={talk} conversation={conversation} />
        </>
      )}
      <Toast />
      <Covered />
      {!feed && (
        <>
          <Warning conversation={conversation} />
          <Compose conversation={conversation} />
        </>
      )}
      {ui.picture.value !== null && <Lightbox conversation={conversation} />}
      {filed && <FileDialog key={filed.id} message={filed} />}
    </>
  );
}

/** The list says what there is; where there is nothing yet, this side says how to begin. */
function Nothing() {
  const { list } = usePane();
  const first = list.state.value === "ready" && !list.rows.value.length && !list.answered.value;
  if (first)
    return (
      <Quiet icon="bubble" title="Text your first person">
        Open a person in your CRM and click Message. Their answers show here.
      </Quiet>
    );
  return (
    <Quiet icon="bubble" title="No conversation open">
      Choose one on the left, or click Message on a person in your CRM.
    </Quiet>
  );
}

function Opening() {
  const { opening, session } = usePane();
  const slow = useDelayed(!opening.error.value);
  if (opening.error.value)
    return (
      <Quiet
        icon="warning"
        title="This conversation did not open"
        action={{ label: "Try again", act: opening.ask }}
      >
        {opening.error.value}
      </Quiet>
    );
  if (session.value?.connection === "offline")
    return <Quiet title="Offline">This conversation opens when you are back.</Quiet>;
  return <div class="log">{slow && <LogSkeleton />}</div>;
}
