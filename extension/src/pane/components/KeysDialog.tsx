import { useEffect, useRef } from "preact/hooks";
import { usePane } from "../context";
import { useLayer } from "../hooks/use_layer";
import { KEYS } from "../keys";
import { IconButton } from "./IconButton";

export function KeysDialog() {
  const { ui } = usePane();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => {
    // Closed before it is taken away, or the focus would not go back.
    dialog.current?.close();
    ui.keys.value = false;
  };
  useLayer(true, close);
  useEffect(() => {
    // showModal keeps the focus inside and gives it back to where it was.
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="keys"
      aria-labelledby="keys-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      closedby="any"
    >
      <div class="keys-body">
        <header>
          <h2 id="keys-title">Keys</h2>
          <IconButton icon="close" label="Close keys" onClick={close} />
        </header>
        <dl>
          {KEYS.map(([keys, what]) => (
            <div key={keys}>
              <dt>
                {keys.split(" ").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
