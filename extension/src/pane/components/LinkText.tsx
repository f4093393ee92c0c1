import { usePane } from "../context";
import { hostIn, type Link, pieces } from "../format/links";
import { Icon } from "./Icon";

/** Words of a person: text nodes, and links that do nothing until they are clicked. */
export function LinkText({ text }: { text: string }) {
  return (
    <p dir="auto">
      {pieces(text).map((piece, index) =>
        typeof piece === "string" ? piece : <TextLink key={index} link={piece} />,
      )}
    </p>
  );
}

function TextLink({ link }: { link: Link }) {
  const { post } = usePane();
  const { shown, url, host, warning } = link;
  const [from, to] = hostIn(link) ?? [0, 0];
  return (
    <>
      <a
        class="text-link"
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        title={`Opens ${host} in a new tab`}
        onClick={(event) => {
          event.preventDefault();
          post({ kind: "open_link", url });
        }}
      >
        <bdi>
          {shown.slice(0, from)}
          {to > 0 && <b>{shown.slice(from, to)}</b>}
          {shown.slice(to)}
        </bdi>
      </a>
      {to === 0 && (
        <span class="link-host" title={warning}>
          <Icon name="warning" />
          <bdi>{host}</bdi>
          <span class="unseen">. {warning}</span>
        </span>
      )}
    </>
  );
}
