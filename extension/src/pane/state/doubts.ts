// Texts of which nobody knows whether they were sent.
import type { Message, SettledAs } from "../../wire";
import type { Changing } from "./changing";
import type { Talks } from "./talks";
import type { Ui } from "./ui";

const DONE: Record<SettledAs, string> = {
  sent: "It stands as sent.",
  not_sent: "It stands as not sent.",
  again: "It is sent again, as another text.",
};

export function createDoubts(changing: Changing, talks: Talks, ui: Ui) {
  return {
    /** True when it is settled. */
    async settle({ id }: Message, answer: SettledAs): Promise<boolean> {
      const done = await changing.ask({ type: "message.settle", message: id, answer });
      if (done) ui.status.value = DONE[answer];
      // Somebody was faster: what became of it stands there by now.
      else if (talks.message(id)?.doubt !== "open") changing.forgive(id);
      return done;
    },
  };
}
