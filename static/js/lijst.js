// J and K walk through a list, Enter takes the next step of the current row.
// A list is any element with data-lijst; its rows carry data-rij and inside one link carries data-stap.

const invoer = (element) => element?.closest?.("input, textarea, select, button, a, summary, [contenteditable]");
const losseToetsen = () => localStorage.getItem("vt-losse-toetsen-uit") !== "ja";

const rijen = () => [...document.querySelectorAll("[data-lijst] [data-rij]")].filter((rij) => rij.getClientRects().length);

function maakHuidig(rij) {
  for (const ander of document.querySelectorAll("[data-rij].is-huidig")) {
    ander.classList.remove("is-huidig");
    ander.removeAttribute("aria-current");
  }
  rij.classList.add("is-huidig");
  rij.setAttribute("aria-current", "true");
}

// The focus goes with the row, so a screen reader says it and Tab goes on from there.
function stap(hoeveel) {
  const alle = rijen();
  if (!alle.length) return false;
  const nu = alle.findIndex((rij) => rij.classList.contains("is-huidig"));
  const rij = alle[Math.min(Math.max(nu + hoeveel, 0), alle.length - 1)];
  maakHuidig(rij);
  (rij.querySelector("[data-stap]") ?? rij.querySelector("a"))?.focus({ preventScroll: true });
  rij.scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("focusin", ({ target }) => {
  const rij = target.closest?.("[data-lijst] [data-rij]");
  if (rij) maakHuidig(rij);
});

document.addEventListener("keydown", (gebeurtenis) => {
  const { key, target, ctrlKey, metaKey, altKey } = gebeurtenis;
  if (gebeurtenis.defaultPrevented || ctrlKey || metaKey || altKey) return;
  const inVeld = target.closest?.("input:not([type='checkbox']):not([type='radio']), textarea, select, [contenteditable]");
  if (inVeld) return;
  let gedaan = false;
  if (losseToetsen() && (key === "j" || key === "k")) gedaan = stap(key === "j" ? 1 : -1);
  else if (key === "Enter" && !invoer(target)) {
    const link = document.querySelector("[data-rij].is-huidig [data-stap]");
    gedaan = Boolean(link);
    link?.click();
  }
  if (gedaan) gebeurtenis.preventDefault();
});
