import { usePane } from "../context";
import { useDelayed } from "../hooks/use_delayed";
import { IconButton } from "./IconButton";
import { Quiet } from "./Quiet";
import { Rows } from "./Rows";
import { SearchBox } from "./SearchBox";
import { Skeletons } from "./Skeletons";

export function ListSide() {
  const pane = usePane();
  return (
    <nav class="list" aria-label="Conversations">
      <header>
        <h2>Inbox</h2>
        <IconButton icon="close" label="Close" class="narrow-only" onClick={pane.close} />
      </header>
      <SearchBox />
      <Body />
    </nav>
  );
}

function Body() {
  const { list, session } = usePane();
  const state = list.state.value;
  const searching = list.typed.value.trim() !== list.answered.value;
  const slow = useDelayed(state === "loading");
  const rows = list.rows.value;

  if (state === "error")
    return (
      <Quiet
        icon="warning"
        title="The inbox did not load"
        action={{ label: "Try again", act: () => list.load() }}
      >
        {list.error.value}
      </Quiet>
    );
  // While a search is on its way the last rows stay: nothing blinks as one types.
  if (rows.length) return <Rows />;
  if (state === "loading" || searching) {
    if (session.value?.connection === "offline")
      return <Quiet title="Offline">Your conversations show when you are back.</Quiet>;
    return slow ? <Skeletons /> : <div class="rows" />;
  }
  if (list.answered.value)
    return (
      <Quiet icon="search" title={`Nothing found for “${list.answered.value}”`}>
        Search looks in names, accounts, numbers and latest texts.
      </Quiet>
    );
  return (
    <Quiet title="No conversations yet">
      {/* Beside this list the other side says it. */}
      <span class="narrow-only">
        Open a person in your CRM and click Message. Their answers show here.
      </span>
    </Quiet>
  );
}
