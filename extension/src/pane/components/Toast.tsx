import { usePane } from "../context";

export function Toast() {
  const { toast, ui } = usePane();
  const shown = toast.shown.value;
  return (
    <div class="toast-place" role="status">
      {shown && (
        <div class="toast">
          <span title={shown.text}>{shown.text}</span>
          {shown.undoable && (
            <button
              type="button"
              class="link"
              onClick={() => {
                toast.undo();
                ui.focus.value = "composer";
              }}
            >
              Undo
            </button>
          )}
        </div>
      )}
    </div>
  );
}
