// Leave quickly: the page is emptied at once, what was filled in is erased, and another page takes the place of this
// one, so the back button does not return to it. Pressing Shift three times does the same. Without this file the link
// erases and leads away too. The browser remembers the visit either way; the page says so.

const link = document.querySelector("[data-snelweg]");
const stand = document.querySelector("[data-snelweg-stand]");
const KEREN = 3;
const WACHT = 5000;

const ga = () => {
  document.title = "…";
  document.body.hidden = true;
  document.body.replaceChildren();
  fetch(link.href, { keepalive: true, redirect: "manual", credentials: "same-origin" }).catch(() => {});
  window.location.replace(link.dataset.snelweg || link.href);
};

link?.addEventListener("click", (gebeurtenis) => {
  gebeurtenis.preventDefault();
  ga();
});

// Shift on its own, three times, each within five seconds. Shift held for a capital letter does not count, and any
// other key starts the count again.
let keer = 0;
let klok = 0;
let samenMetAnder = false;

const opnieuw = () => {
  clearTimeout(klok);
  if (keer) stand.textContent = "";
  keer = 0;
};

if (link) {
  document.addEventListener("keydown", ({ key, shiftKey, ctrlKey, altKey, metaKey }) => {
    if (key === "Shift") {
      samenMetAnder = ctrlKey || altKey || metaKey;
    } else {
      samenMetAnder = samenMetAnder || shiftKey;
      opnieuw();
    }
  }, true);
  document.addEventListener("keyup", ({ key }) => {
    if (key !== "Shift") return;
    if (samenMetAnder) {
      samenMetAnder = false;
      return;
    }
    clearTimeout(klok);
    keer += 1;
    if (keer >= KEREN) {
      ga();
      return;
    }
    stand.textContent = keer === 1 ? "Nog 2 keer Shift: snel weg." : "Nog 1 keer Shift: snel weg.";
    klok = setTimeout(opnieuw, WACHT);
  }, true);
  // A click with Shift held is no single Shift either.
  document.addEventListener("pointerdown", opnieuw, true);
}

// A page that the browser kept in memory may hold what someone filled in: ask the site again how it stands.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) window.location.reload();
});
