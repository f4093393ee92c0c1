import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { callName, webAddress } from "../format/words";
import { Icon } from "./Icon";
import { type Choice, Menu } from "./Menu";

/** What can be done with the person, besides texting them. */
export function PersonMenu({ conversation }: { conversation: Conversation }) {
  const { activities, consent, post, toast } = usePane();
  const { person, do_not_text, id } = conversation;

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(person.mobile_display);
      toast.say(`Copied ${person.mobile_display}`);
    } catch {
      toast.say(`This browser did not allow copying. The number is ${person.mobile_display}`);
    }
  }

  const choices: Choice[] = [
    {
      key: "activity",
      label: "Activity",
      icon: "clock",
      act: () => activities.open(person.id),
    },
    { key: "copy", label: "Copy number", icon: "copy", act: () => void copy() },
    do_not_text
      ? {
          key: "allow",
          label: "Allow texting",
          icon: "check",
          act: () => void consent.allow(conversation),
        }
      : {
          key: "stop",
          label: "Do not text…",
          icon: "forbid",
          act: () => {
            consent.form.value = id;
          },
        },
  ];
  if (webAddress(person.profile_url))
    choices.splice(1, 0, {
      key: "profile",
      label: "Open profile",
      icon: "person",
      act: () => post({ kind: "follow", url: person.profile_url }),
    });
  return (
    <Menu label={`More about ${callName(person)}`} class="icon-button" choices={choices} side="end">
      <Icon name="more" />
    </Menu>
  );
}
