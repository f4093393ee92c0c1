import type { ComponentProps } from "preact";
import { Icon, type IconName } from "./Icon";

type Props = ComponentProps<"button"> & { icon: IconName; label: string };

export function IconButton({ icon, label, class: extra = "", ...rest }: Props) {
  return (
    <button type="button" class={`icon-button ${extra}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
