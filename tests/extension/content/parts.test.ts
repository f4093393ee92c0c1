// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { Parts } from "../../../extension/src/content/parts";

const needs = {
  ...{ say() {}, launch() {}, isSignedIn: () => true },
  action: { message() {}, messagePerson() {}, signIn() {}, holds: () => true },
};

test("Message is made when it is offered, and comes before the launcher on the keyboard's way", () => {
  const added = vi.spyOn(ShadowRoot.prototype, "append");
  const parts = new Parts(needs);
  const [root] = added.mock.contexts as ShadowRoot[];
  const shown = () => [...(root?.querySelectorAll(".actions, .launcher") ?? [])];
  parts.draw({ kind: "none" }, "");
  expect(shown()).toEqual([parts.launcher.element]);
  parts.draw({ kind: "inactive", label: "Message", reason: "No mobile", signs_in: false }, "Maya");
  expect(shown()).toEqual([parts.action.element, parts.launcher.element]);
  parts.draw({ kind: "none" }, "");
  expect(parts.action.element.hidden).toBe(true);
});
