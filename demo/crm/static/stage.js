// What is on screen. Like real CRMs it keeps the record that was open before, hidden in the
// document, with its name and numbers: whoever reads the page must look at what is visible.

const main = document.querySelector("main");

/**
 * Show the view of a path: the kept one if there is one, otherwise what `build` returns.
 * @param {string} path
 * @param {{ keep: boolean, build: () => HTMLElement }} view
 */
export function show(path, { keep, build }) {
  const views = [...main.children];
  const kept = views.find((view) => view.dataset.path === path && "keep" in view.dataset);
  const leaving = main.querySelector(":scope > section:not([hidden])");
  // Of hidden records only the latest: the one that we leave, or leave a list with.
  const latest = leaving?.matches("[data-keep]") ? leaving : main.querySelector("[data-keep]");
  const shown = kept ?? mark(build(), path, keep);
  for (const child of views) {
    if (child !== shown && child !== latest) child.remove();
    else child.hidden = child !== shown;
  }
  if (!kept) main.append(shown);
  return shown;
}

/** Show a fresh view of a path, in place of the one that stands there. */
export function replace(path, build) {
  const shown = main.querySelector(":scope > section:not([hidden])");
  const fresh = mark(build(), path, true);
  shown.replaceWith(fresh);
  return fresh;
}

function mark(view, path, keep) {
  view.dataset.path = path;
  view.toggleAttribute("data-keep", keep);
  return view;
}
