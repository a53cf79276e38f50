// What every page does for itself: focus on the list of errors, no double sending, a refusing button that says why.
// Progressive only: without this file every act still works.

const fouten = document.querySelector("[data-fouten]");
if (fouten) fouten.focus();

// A button that cannot act yet stays reachable; pressing it does nothing, the reason stands beside it.
document.addEventListener("click", (gebeurtenis) => {
  const knop = gebeurtenis.target.closest?.('[aria-disabled="true"]');
  if (knop) gebeurtenis.preventDefault();
}, true);

// One press is one act. The name and value of the pressed button must still travel along, so we wait a moment.
document.addEventListener("submit", ({ target: formulier, submitter, defaultPrevented }) => {
  if (defaultPrevented || formulier.method === "get" || formulier.hasAttribute("data-vaker")) return;
  if (formulier.hasAttribute("hx-post")) return;
  setTimeout(() => submitter?.setAttribute("aria-disabled", "true"));
  // A download answers without a new page: the button comes back.
  setTimeout(() => submitter?.removeAttribute("aria-disabled"), 10_000);
});

// Coming back with the browser's own button shows the page as it was: usable again.
window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const knop of document.querySelectorAll('button[type="submit"][aria-disabled="true"]')) knop.removeAttribute("aria-disabled");
});

// Explanations that float over the page close with Esc and when something else is opened.
const zwevend = () => document.querySelectorAll("details.vt-klok[open]");
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("details.vt-klok") || !target.open) return;
  for (const ander of zwevend()) if (ander !== target) ander.open = false;
}, true);
document.addEventListener("keydown", (gebeurtenis) => {
  if (gebeurtenis.key !== "Escape") return;
  const open = [...zwevend()];
  if (!open.length) return;
  gebeurtenis.stopImmediatePropagation();
  for (const uitleg of open) {
    uitleg.open = false;
    uitleg.querySelector("summary").focus();
  }
}, true);
