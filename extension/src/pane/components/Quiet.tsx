import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon";

interface Props {
  icon?: IconName;
  title: string;
  children?: ComponentChildren;
  action?: { label: string; act(): void };
}

/** A place with nothing in it, which says why and what can be done. */
export function Quiet({ icon, title, children, action }: Props) {
  return (
    <div class="quiet">
      {icon && <Icon name={icon} />}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && (
        <button type="button" class="primary" onClick={action.act}>
          {action.label}
        </button>
      )}
    </div>
  );
}
