// The emoji picker and its data, from this package: nothing is fetched from anywhere else.
import Picker from "emoji-picker-element/picker";
import data from "emoji-picker-element-data/en/emojibase/data.json";

/** The build puts the data beside the code and gives its relative address. */
const dataSource = new URL(data as unknown as string, import.meta.url).href;

/** A picker with the focus in its search; calls `chosen` with what was picked. */
export function emojiPicker(chosen: (emoji: string) => void): HTMLElement {
  const picker = new Picker({ dataSource, locale: "en" });
  picker.addEventListener("emoji-click", (event) => {
    if (event.detail.unicode) chosen(event.detail.unicode);
  });
  requestAnimationFrame(() => picker.shadowRoot?.querySelector("input")?.focus());
  return picker;
}
