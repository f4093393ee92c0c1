// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Eyes } from "../../../extension/src/content/eyes";
import { sightOf } from "../../../extension/src/content/sight";
import { walk } from "../../../extension/src/content/walk";
import { BUILT_IN } from "../../../extension/src/lib/crm_table";
import { Records } from "../../../extension/src/lib/records";
import type { CrmRule } from "../../../extension/src/wire";

const eyes: Eyes = { visible: () => true, shadow: (element) => element.shadowRoot };

function labels(body: string): string[] {
  document.body.innerHTML = body;
  return walk(document, eyes, "").labels.map(({ text }) => text);
}

describe("The labels of a page", () => {
  test("are found beside what holds none, in the order of the page", () => {
    const feed = "<div><p>Called back</p></div>".repeat(20);
    const nested = "<div><section><div><b>Mobile</b></div></section></div>";
    const rows = "<table><tr><th>Title</th><td>Owner</td></tr></table>";
    expect(labels(`<div>${feed}</div>${nested}<div>${feed}${rows}</div>`)).toEqual([
      "Mobile",
      "Title",
    ]);
  });

  test("are looked for below what may hold one and nowhere else", () => {
    const steps = vi.spyOn(Element.prototype, "nextElementSibling", "get");
    const feed = `<div>${"<p><b>Back</b> <i>soon</i></p>".repeat(300)}</div>`;
    expect(labels(`${feed}<p>Fax</p>`)).toEqual(["Fax"]);
    expect(steps.mock.calls.length).toBeLessThan(10);
  });

  test("cost no more than so much on a page that nests long texts", () => {
    const nest = (text: string) =>
      [...Array(300).fill(`<div><i>${text}</i><p>office</p>`), "<p>Mobile</p>"].join("");
    expect(labels(nest("-"))).toContain("Mobile");
    expect(labels(nest("-".repeat(2000)))).not.toContain("Mobile");
  });
});

describe("Links to records", () => {
  afterEach(() => document.head.replaceChildren());
  // Whatever ends in a number: a path that begins with another host would do as well.
  const rule: CrmRule = {
    where: "path",
    pattern: "^/(?:[^?]{0,60}/)?(?<id>\\d{1,20})$",
    type: "account",
  };
  const crms = BUILT_IN.crms.map((crm) => ({ ...crm, rules: [rule] }));

  function linked(links: string, base = "https://app.hubspot.com/home/") {
    document.head.innerHTML = `<base href="${base}">`;
    document.body.innerHTML = links;
    const records = new Records({ version: 9, crms });
    const page = new URL("https://app.hubspot.com/contacts/1/record/0-1/2");
    const sight = sightOf(document, eyes, records, "", records.recordOf(page, ""));
    return sight.links().map(({ record }) => record.id);
  }

  test("are known however they are written", () => {
    expect(
      linked(`<a href="/contacts/1/record/0-2/3?x=1">A</a> <a href="../contacts/1/record/0-2/4">B</a>
        <a href="https://app.hubspot.com/contacts/1/record/0-2/5#x">C</a> <a href="/home">D</a>
        <svg><a href="/contacts/1/record/0-2/6"><text>E</text></a></svg>`),
    ).toEqual(["3", "4", "5", "6"]);
  });

  test.each([
    ["//evil.example/contacts/1/record/0-2/3"],
    ["/\\evil.example/contacts/1/record/0-2/3"],
    ["https://app.hubspot.com.evil.example/contacts/1/record/0-2/3"],
    ["tel:/contacts/1/record/0-2/3"],
  ])("lead to this CRM: %s is none", (href) => {
    expect(linked(`<a href="${href}">A</a>`)).toEqual([]);
  });

  test("are nobody's where the page's addresses are another site's", () => {
    expect(linked('<a href="/contacts/1/record/0-2/3">A</a>', "https://a.example/")).toEqual([]);
  });
});
