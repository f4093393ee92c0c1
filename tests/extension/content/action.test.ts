// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ActionView } from "../../../extension/src/content/action";
import { Launcher } from "../../../extension/src/content/launcher";

const pressed = vi.fn();
let view: ActionView;
beforeEach(() => {
  pressed.mockReset();
  view = new ActionView(pressed);
  document.body.replaceChildren(view.element);
});

const button = () => view.element.querySelector("button") as HTMLButtonElement;

function click(isTrusted: boolean): void {
  const event = new MouseEvent("click");
  Object.defineProperty(event, "isTrusted", { value: isTrusted });
  button().dispatchEvent(event);
}

describe("The Message button", () => {
  test("has a name that says whom and where to", () => {
    view.draw({ kind: "ready", label: "Message", number: "(404) 555-0187" }, "Maya Okonkwo");
    expect(button().getAttribute("aria-label") ?? button().ariaLabel).toBe(
      "Message Maya Okonkwo, (404) 555-0187",
    );
    expect(button().textContent).toBe("Message(404) 555-0187");
  });

  test("takes a person's click and no script's", () => {
    view.draw({ kind: "ready", label: "Message", number: "(404) 555-0187" }, "Maya");
    click(false);
    expect(pressed).not.toHaveBeenCalled();
    click(true);
    expect(pressed).toHaveBeenCalledOnce();
  });

  test("is greyed out with its reason, and cannot be pressed", () => {
    view.draw(
      { kind: "inactive", label: "Message", reason: "No mobile number on this page" },
      "Maya",
    );
    click(true);
    expect(pressed).not.toHaveBeenCalled();
    expect(button().ariaDisabled).toBe("true");
    const described = button().getAttribute("aria-describedby") ?? "";
    expect(view.element.querySelector(`#${described}`)?.textContent).toBe(
      "No mobile number on this page",
    );
  });

  test("draws a name as text", () => {
    view.draw({ kind: "ready", label: "Message", number: "<b>1</b>" }, "<img src=x>");
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
  const launcher = new Launcher(pressed);
  launcher.draw(120, true);
  expect(launcher.element.textContent).toBe("99+");
  expect(launcher.element.ariaLabel).toBe("Open Repline, 99+ unread");
  launcher.draw(3, false);
  expect(launcher.element.textContent).toBe("");
  expect(launcher.element.ariaLabel).toBe("Sign in to Repline");
});
