/** A click on `data-copy="id"` copies the value of that input. */
export function copyOnClick(root) {
  root.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-copy]") : null;
    const input = button && document.getElementById(button.dataset.copy);
    if (!input) return;
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      button.textContent = "Copied";
    } catch {
      // Clipboards are for https alone: what is selected can be copied by hand.
      button.textContent = "Press Ctrl+C";
    }
  });
}
