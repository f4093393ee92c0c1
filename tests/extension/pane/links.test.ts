import { describe, expect, test } from "vitest";
import { saveName } from "../../../extension/src/pane/format/media";
import { hostIn, type Link, pieces } from "../../../extension/src/pane/format/links";

const links = (text: string) => pieces(text).filter((one): one is Link => typeof one !== "string");

describe("Links in texts", () => {
  test.each([
    ["see www.acme.com.", ["https://www.acme.com/"]],
    ["calendly.com/ana and bit.ly/3x", ["https://calendly.com/ana", "https://bit.ly/3x"]],
    ["(http://acme.com/a)!", ["http://acme.com/a"]],
    ["Call me.Thanks ok.So 3.50 readme.md a@b.com 1.2.3.4", []],
    ["javascript:alert(1) data:text/html,x ftp://x.com mailto:a@b.co //evil.com", []],
  ])("of %j are %j", (text, urls) => expect(links(text).map(({ url }) => url)).toEqual(urls));

  test("leave every character of the text where it was", () => {
    const text = "a https://x.com/1, b\nwww.y.org c";
    expect(
      pieces(text)
        .map((p) => (typeof p === "string" ? p : p.shown))
        .join(""),
    ).toBe(text);
  });

  test.each([
    ["https://аррӏе.com/login", "xn--80ak6aa92e.com"],
    ["https://xn--pple-43d.com", "xn--pple-43d.com"],
    ["http://127.0.0.1/a", "127.0.0.1"],
  ])("warn where %s does not lead where it seems to", (text, host) => {
    const [link] = links(text);
    expect(link).toMatchObject({ host });
    expect(link?.warning).not.toBe("");
    expect(link && hostIn(link)).toBeNull();
  });

  test("show their host within what was written", () => {
    const [link] = links("https://Maps.Example.com/a");
    expect(link && hostIn(link)).toEqual([8, 24]);
  });
});

test.each([
  ["../../etc/pass\u202ewd.txt", ".._.._etc_pass_wd.txt"],
  ["", "attachment-7.pdf"],
  ["...", "attachment-7.pdf"],
])("a file that calls itself %j is saved as %j", (name, saved) => {
  const media = { id: 7, content_type: "application/pdf", size: 1, width: 0, height: 0 };
  expect(saveName({ ...media, name, state: "ready", error: "" })).toBe(saved);
});
