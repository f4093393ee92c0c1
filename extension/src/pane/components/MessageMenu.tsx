import type { Conversation, Message } from "../../wire";
import { usePane } from "../context";
import { logAddress } from "../format/receipts";
import type { Pane } from "../state/pane";
import { Icon } from "./Icon";
import { type Choice, Menu } from "./Menu";

interface Props {
  message: Message;
  conversation: Conversation;
  /** Whether Tab reaches it: one of them in the whole log. */
  tabbed: boolean;
}

/** What can be done with one text, beside its bubble; nothing where there is nothing to do. */
export function MessageMenu({ message, conversation, tabbed }: Props) {
  const choices = choicesFor(usePane(), message, conversation);
  if (!choices.length) return null;
  return (
    <div class="of-text">
      <Menu label="More about this text" class="icon-button" choices={choices} tabbed={tabbed}>
        <Icon name="more" />
      </Menu>
    </div>
  );
}

export function choicesFor(pane: Pane, message: Message, conversation: Conversation): Choice[] {
  const { filing, post, receipts } = pane;
  const choices: Choice[] = [];
  const receipt = receipts.of(message);
  const url = logAddress(receipt);
  if (receipt && url)
    choices.push({
      key: "open",
      label: `Open in ${receipt.crm || "the CRM"}`,
      icon: "out",
      act: () => post({ kind: "open_link", url }),
    });
  if (receipt && receipts.choices(message).length)
    choices.push({
      key: "opportunity",
      label: receipt.opportunity ? "Change the opportunity…" : "Choose the opportunity…",
      detail: receipt.opportunity,
      icon: "folder",
      act: () => receipts.reopen(message),
    });
  if (conversation.match_others.length)
    choices.push({
      key: "file",
      label: "File under another person…",
      icon: "person",
      act: () => filing.open(message),
    });
  return choices;
}
