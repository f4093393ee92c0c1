/** The secret of a link stands behind its #, which browsers send to nobody: put it into the form. */
export function fillWelcome() {
  const input = document.getElementById("code");
  const secret = location.hash.slice(1);
  if (!input || !secret) return;
  input.value = secret;
  input.closest(".field").hidden = true;
  // Neither the history nor a shared screen shall keep it.
  history.replaceState(history.state, "", location.pathname);
}
