import { usePane } from "../context";
import { Quiet } from "./Quiet";

/** This pane belongs to an older version; what was written and can no longer be saved is shown. */
export function Stale() {
  const { talks, composer } = usePane();
  const id = talks.current.value;
  const text = id === null ? "" : composer.text(id);
  return (
    <>
      <Quiet icon="bubble" title="Repline was updated">
        Reload this page to go on.
      </Quiet>
      {text && (
        <label class="rescue">
          Your text, to copy
          <textarea readOnly dir="auto" value={text} />
        </label>
      )}
    </>
  );
}
