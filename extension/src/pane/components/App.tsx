import { usePane } from "../context";
import { ConnectionBar } from "./ConnectionBar";
import { Grip } from "./Grip";
import { IconButton } from "./IconButton";
import { KeysDialog } from "./KeysDialog";
import { ListSide } from "./ListSide";
import { Live } from "./Live";
import { Quiet } from "./Quiet";
import { Stale } from "./Stale";
import { TalkSide } from "./TalkSide";

/** Nothing at all until the worker has accepted this pane. */
export function App() {
  const pane = usePane();
  const session = pane.session.value;
  if (!session) return null;
  const whole = pane.stale.value ? (
    <Stale />
  ) : session.connection === "signed_out" ? (
    <SignedOut />
  ) : null;
  return (
    <div class="pane" data-side={pane.ui.side.value}>
      <header class="unseen">
        <h1>Repline</h1>
      </header>
      {pane.world.framed && <Grip />}
      {whole ? (
        <main class="whole">
          <IconButton icon="close" label="Close" class="corner" onClick={pane.close} />
          {whole}
        </main>
      ) : (
        <>
          <ConnectionBar />
          <div class="sides">
            <ListSide />
            <TalkSide />
          </div>
          {pane.ui.keys.value && <KeysDialog />}
        </>
      )}
      <Live />
    </div>
  );
}

function SignedOut() {
  const { post } = usePane();
  return (
    <Quiet
      icon="bubble"
      title="You are signed out"
      action={{ label: "Sign in", act: () => post({ kind: "sign_in" }) }}
    >
      Sign in to Repline to read and send texts here. What you have begun to write is kept.
    </Quiet>
  );
}
