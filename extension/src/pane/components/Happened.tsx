import type { Activity } from "../../wire";
import { headline, iconOf, wordsOf } from "../format/activities";
import { clock } from "../format/time";
import { Icon } from "./Icon";
import { LoggedNote, LoggedWord } from "./Receipt";
import { Time } from "./Time";

interface Props {
  activity: Activity;
  /** The latest with such a receipt, which says it in full. */
  full: boolean;
}

/** One thing that happened to the person. */
export function Happened({ activity, full }: Props) {
  const { receipt, message } = activity;
  const { words, media } = wordsOf(activity);
  return (
    <li class={`happened of-${activity.kind}`}>
      <Icon name={iconOf(activity)} />
      <div>
        <p class="what">
          <span dir="auto">{headline(activity)}</span>
          <span class="moment">
            <Time at={activity.at} text={clock(activity.at)} />
            {receipt && <LoggedWord receipt={receipt} full={full} />}
          </span>
        </p>
        {words && (
          <p class="words" dir="auto">
            {words}
          </p>
        )}
        {media && (
          <p class="attached">
            <Icon name="clip" />
            Media attached
          </p>
        )}
        <p class="receipt">
          <LoggedNote message={message} receipt={receipt} full={full} />
        </p>
      </div>
    </li>
  );
}
