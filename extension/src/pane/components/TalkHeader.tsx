import { useRef } from "preact/hooks";
import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { callName, crmLabel, webAddress } from "../format/words";
import { useFocus } from "../hooks/use_focus";
import { Clock } from "./Clock";
import { IconButton } from "./IconButton";
import { NameForm } from "./NameForm";
import { PersonMenu } from "./PersonMenu";

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
          <Known conversation={conversation} />
        ) : (
          opening && <h2 dir="auto">{opening.name || opening.mobile}</h2>
        )}
      </div>
      {conversation && <PersonMenu conversation={conversation} />}
      <IconButton icon="close" label="Close" aria-keyshortcuts="Escape" onClick={pane.close} />
    </header>
  );
}

function Known({ conversation }: { conversation: Conversation }) {
  const { naming } = usePane();
  const { person } = conversation;
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
      <Facts conversation={conversation} />
    </>
  );
}

function Facts({ conversation }: { conversation: Conversation }) {
  const { naming } = usePane();
  const { person } = conversation;
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
      <Clock conversation={conversation} />
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
