import { usePane } from "../context";
import { useDelayed } from "../hooks/use_delayed";
import { Compose } from "./Compose";
import { Log } from "./Log";
import { Quiet } from "./Quiet";
import { LogSkeleton } from "./Skeletons";
import { TalkHeader } from "./TalkHeader";
import { Toast } from "./Toast";
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
        <Quiet icon="bubble" title="No conversation open">
          Choose one on the left, or click Message on a person in your CRM.
        </Quiet>
      ) : talk?.known && conversation ? (
        <>
          <Why conversation={conversation} />
          <Log key={talk.id} talk={talk} conversation={conversation} />
        </>
      ) : (
        <Opening />
      )}
      <Toast />
      {talk?.known && conversation && <Compose key={talk.id} conversation={conversation} />}
    </main>
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
