// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ActionView } from "../../../extension/src/content/action";
import type { QuickAction } from "../../../extension/src/lib/messages";
import { Launcher } from "../../../extension/src/content/launcher";

const pressed = vi.fn();
const pressedPerson = vi.fn();
const signIn = vi.fn();
let holds = true;
let view: ActionView;
beforeEach(() => {
  for (const mock of [pressed, pressedPerson, signIn]) mock.mockReset();
  holds = true;
  view = new ActionView({
    ...{ message: pressed, messagePerson: pressedPerson, signIn, near: () => {} },
    holds: () => holds,
  });
  document.body.replaceChildren(view.element);
});

const MOBILE = "(404) 555-0187";
const ready = (change: object = {}): QuickAction =>
  ({
    kind: "ready",
    label: "Message",
    number: MOBILE,
    numbers: [],
    warning: "",
    ...change,
  }) as never;
const inactive = (reason: string, signs_in = false): QuickAction => ({
  ...{ kind: "inactive", label: "Message", reason, signs_in },
});
const TWO = [
  { number: MOBILE, label: "Mobile" },
  { number: "(404) 555-0191", label: "" },
];

const button = () => view.element.querySelector("button") as HTMLButtonElement;

function click(isTrusted: boolean, on: Element = button()): void {
  const event = new MouseEvent("click", { bubbles: true });
  Object.defineProperty(event, "isTrusted", { value: isTrusted });
  on.dispatchEvent(event);
}

const choices = () => [...view.element.querySelectorAll<HTMLElement>("[role=menuitem]")];
const key = (name: string) =>
  document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));

describe("The Message button", () => {
  test("has a name that says whom and where to", () => {
    view.draw(ready(), "Maya Okonkwo");
    expect(button().getAttribute("aria-label") ?? button().ariaLabel).toBe(
      "Message Maya Okonkwo, (404) 555-0187",
    );
    expect(button().textContent).toBe("Message(404) 555-0187");
  });

  test("takes a person's click and no script's", () => {
    view.draw(ready(), "Maya");
    click(false);
    expect(pressed).not.toHaveBeenCalled();
    click(true);
    expect(pressed).toHaveBeenCalledOnce();
  });

  test("is greyed out with its reason, and cannot be pressed", () => {
    view.draw(inactive("No mobile number on this page"), "Maya");
    click(true);
    expect(pressed).not.toHaveBeenCalled();
    expect(button().ariaDisabled).toBe("true");
    const described = button().getAttribute("aria-describedby") ?? "";
    expect(view.element.querySelector(`#${described}`)?.textContent).toBe(
      "No mobile number on this page",
    );
  });

  test("opens the sign-in page where that is what is missing", () => {
    view.draw(inactive("Sign in to Repline to text", true), "Maya");
    expect(button().ariaDisabled).toBe("false");
    click(false);
    expect(signIn).not.toHaveBeenCalled();
    click(true);
    expect(signIn).toHaveBeenCalledOnce();
    expect(pressed).not.toHaveBeenCalled();
  });

  test("is marked for who may not be texted, says why, and still opens what was written", () => {
    view.draw(ready({ warning: "Opted out." }), "Maya");
    expect(button().classList.contains("muted")).toBe(true);
    expect(view.element.querySelector("[role=tooltip]")?.textContent).toBe("Opted out.");
    click(true);
    expect(pressed).toHaveBeenCalledWith(MOBILE, button());
    view.draw(ready(), "Maya");
    expect(button().classList.contains("muted")).toBe(false);
  });

  test("does nothing when the page has moved on", () => {
    holds = false;
    view.draw(ready(), "Maya");
    click(true);
    expect(pressed).not.toHaveBeenCalled();
  });

  test("asks which of several numbers, and takes a person's choice alone", () => {
    view.draw(ready({ numbers: TWO }), "Maya");
    expect(button().ariaHasPopup).toBe("menu");
    click(true);
    expect(pressed).not.toHaveBeenCalled();
    expect(choices().map((one) => one.textContent)).toEqual([
      `${MOBILE}Mobile`,
      "(404) 555-0191No label on this page",
    ]);
    click(false, choices()[1]);
    expect(pressed).not.toHaveBeenCalled();
    click(true, choices()[1]);
    expect(pressed).toHaveBeenCalledWith("(404) 555-0191", button());
    expect(button().ariaExpanded).toBe("false");
  });

  test("never takes a number for a mobile that nobody calls one: it asks, also about one", () => {
    view.draw(
      { kind: "choose", label: "Message", numbers: [{ number: MOBILE, label: "Office" }] },
      "Maya",
    );
    expect(button().textContent).toBe("Message");
    click(true);
    expect(pressed).not.toHaveBeenCalled();
    expect(view.element.querySelector("[role=menu]")?.ariaLabel).toBe(
      "None is called a mobile. Which one takes texts?",
    );
  });

  test("offers the people of an account, walked through by keys", () => {
    const people = ["Maya", "Jonas"].map((name, at) => ({ id: at + 1, name, number: MOBILE }));
    view.draw({ kind: "people", label: "Message", people }, "Northwind");
    expect(button().ariaLabel).toBe("Message people of Northwind");
    click(true);
    expect(document.activeElement).toBe(choices()[0]);
    key("ArrowUp");
    expect(document.activeElement).toBe(choices()[1]);
    key("Escape");
    expect(document.activeElement).toBe(button());
    expect(button().ariaExpanded).toBe("false");
    click(true);
    click(true, choices()[1]);
    expect(pressedPerson).toHaveBeenCalledWith(2, button());
  });

  test("closes its menu when it is about somebody else", () => {
    view.draw(ready({ numbers: TWO }), "Maya");
    click(true);
    view.draw(ready({ number: "(646) 555-0142" }), "Jonas");
    expect(view.element.querySelector<HTMLElement>(".choices")?.hidden).toBe(true);
  });

  test("draws a name as text", () => {
    view.draw(ready({ number: "<b>1</b>" }), "<img src=x>");
    expect(view.element.querySelector("b, img")).toBeNull();
  });

  test("is not there without a person, and gives way to a word when orphaned", () => {
    view.draw({ kind: "none" }, "");
    expect(view.element.hidden).toBe(true);
    view.drawOrphan();
    expect(view.element.hidden).toBe(false);
    expect(view.element.textContent).toBe("Repline was updated. Reload this page");
  });
});

test("The launcher says how many texts are unread", () => {
  const launcher = new Launcher({ pressed, near() {}, switchOff() {}, settings() {} });
  launcher.draw(120, true);
  expect(launcher.element.textContent).toBe("99+");
  expect(launcher.element.ariaLabel).toBe("Open Repline, 99+ unread");
  launcher.draw(3, false);
  expect(launcher.element.textContent).toBe("");
  expect(launcher.element.ariaLabel).toBe("Sign in to Repline");
});
