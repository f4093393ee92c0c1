// The one way to make elements. Strings become text nodes: nothing that a person typed is markup.

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | EventListener>} attributes
 *   true sets an empty attribute, false none; onclick and friends take a function
 * @param {...(Node | string)} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** A name of any script beside other text, each with its own direction. */
export function bdi(text) {
  return el("bdi", {}, text);
}
