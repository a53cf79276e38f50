// The keyboard. Every key is a link or button on the page that carries it: data-toets="c", data-hoofdknop, data-terug.
// Single letters work only outside fields and can be switched off (WCAG 2.1.4).

const UIT = "vt-losse-toetsen-uit";

const invoer = (element) => element?.closest?.('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable]');
const losseToetsen = () => localStorage.getItem(UIT) !== "ja";
const zichtbaar = (element) => element.getClientRects().length > 0;

function eerste(kiezer) {
  const gevonden = [...document.querySelectorAll(kiezer)].filter(zichtbaar);
  return gevonden.find((element) => element.closest("main")) ?? gevonden[0];
}

function doe(element) {
  if (!element) return false;
  element.focus();
  element.click();
  return true;
}

function metCtrl({ key }) {
  if (key.toLowerCase() === "k") return kies(eerste("[data-zoek]"));
  if (key === "Enter") return doe(hoofdknop());
  return doe(eerste(`[data-toets="ctrl ${CSS.escape(key.toLowerCase())}"]`));
}

// Ctrl Enter is the primary act of the form you are in, otherwise of the page.
function hoofdknop() {
  const formulier = document.activeElement?.closest("form:not([role='search'])");
  const eigen = [...(formulier?.querySelectorAll("[data-hoofdknop]") ?? [])].find(zichtbaar);
  return eigen ?? eerste("[data-hoofdknop]");
}

function kies(veld) {
  if (!veld) return false;
  veld.focus();
  veld.select();
  return true;
}

function los({ key }) {
  if (key === "?") {
    window.location.assign(document.querySelector("[data-toetsenpagina]")?.href ?? "/toetsen/");
    return true;
  }
  if (/^[1-9]$/.test(key)) return doe(document.querySelectorAll(".denhaag-tabs__tab")[Number(key) - 1]);
  return doe(eerste(`[data-toets="${CSS.escape(key.toLowerCase())}"]`));
}

document.addEventListener("keydown", (gebeurtenis) => {
  if (gebeurtenis.defaultPrevented || gebeurtenis.isComposing || gebeurtenis.altKey || gebeurtenis.repeat) return;
  let gedaan = false;
  if (gebeurtenis.ctrlKey || gebeurtenis.metaKey) gedaan = metCtrl(gebeurtenis);
  else if (gebeurtenis.key === "Escape") gedaan = terug();
  else if (!invoer(gebeurtenis.target) && gebeurtenis.key.length === 1 && losseToetsen()) gedaan = los(gebeurtenis);
  if (gedaan) gebeurtenis.preventDefault();
});

// Alt 0: whoever the page had chosen is somebody else; once more and they are not. In the row you are in, else the first.
function nietDit() {
  const plek = document.activeElement?.closest(".vt-melder-rij") ?? document;
  const voorgesteld = [...plek.querySelectorAll("input[data-voorstel]")].find(zichtbaar);
  const groep = voorgesteld?.closest("[role=radiogroup]");
  const nieuw = groep?.querySelector("input[data-niet-dit]");
  if (!nieuw) return false;
  (voorgesteld.checked ? nieuw : voorgesteld).click();
  return true;
}

document.addEventListener("keydown", (gebeurtenis) => {
  if (gebeurtenis.altKey && gebeurtenis.code === "Digit0" && !gebeurtenis.ctrlKey && nietDit()) gebeurtenis.preventDefault();
});

// Esc leaves a field first; only from outside a field it leaves the page, so nothing typed is lost by accident.
function terug() {
  if (invoer(document.activeElement)) {
    document.activeElement.blur();
    return true;
  }
  return doe(eerste("[data-terug]"));
}

// The tick box on the page with all keys. Kept in this browser only.
const schakelaar = document.querySelector("[data-losse-toetsen]");
if (schakelaar) {
  schakelaar.closest("[hidden]")?.removeAttribute("hidden");
  schakelaar.checked = losseToetsen();
  schakelaar.addEventListener("change", () => {
    if (schakelaar.checked) localStorage.removeItem(UIT);
    else localStorage.setItem(UIT, "ja");
  });
}

// Who switched single letters off should not see hints for them.
document.documentElement.classList.toggle("zonder-losse-toetsen", !losseToetsen());
