import { useRef } from "preact/hooks";
import type { Conversation, Person } from "../../wire";
import { usePane } from "../context";
import { clockIn } from "../format/time";
import { callName, crmLabel, webAddress } from "../format/words";
import { useFocus } from "../hooks/use_focus";
import { IconButton } from "./IconButton";
import { NameForm } from "./NameForm";

export function TalkHeader({ conversation }: { conversation: Conversation | undefined }) {
  const pane = usePane();
  const back = useRef<HTMLButtonElement>(null);
  useFocus("header", back);
  const opening = pane.opening.person.value;
  return (
    <header>
      <IconButton
        ref={back}
        icon="back"
        label="Back to the list"
        class="narrow-only"
        onClick={pane.showList}
      />
      <div class="who">
        {conversation ? (
          <Known person={conversation.person} />
        ) : (
          opening && <h2 dir="auto">{opening.name || opening.mobile}</h2>
        )}
      </div>
      <IconButton icon="close" label="Close" aria-keyshortcuts="Escape" onClick={pane.close} />
    </header>
  );
}

function Known({ person }: { person: Person }) {
  const { naming } = usePane();
  const crm = crmLabel(person.crm);
  if (naming.open.value) return <NameForm person={person} />;
  return (
    <>
      <div class="title">
        <h2 dir="auto" title={callName(person)}>
          <Follow url={person.profile_url} text={callName(person)} />
        </h2>
        {crm && <span class="crm">{crm}</span>}
      </div>
      <Facts person={person} />
    </>
  );
}

function Facts({ person }: { person: Person }) {
  const { now, naming } = usePane();
  const time = clockIn(person.time_zone, now.value);
  return (
    <p class="facts">
      {!person.name && (
        <button type="button" class="link" onClick={() => (naming.open.value = true)}>
          Name this person
        </button>
      )}
      {person.title && <bdi>{person.title}</bdi>}
      {person.account && (
        <bdi>
          <Follow url={person.account_url} text={person.account} />
        </bdi>
      )}
      {time && <span class="their-time">{time} for them</span>}
    </p>
  );
}

/** A link that the worker opens in the CRM's tab: a frame must not turn into the page it links to. */
function Follow({ url, text }: { url: string; text: string }) {
  const { post } = usePane();
  if (!webAddress(url)) return <>{text}</>;
  return (
    <a
      class="follow"
      href={url}
      target="_blank"
      rel="noreferrer"
      onClick={(event) => {
        event.preventDefault();
        post({ kind: "follow", url });
      }}
    >
      {text}
    </a>
  );
}
