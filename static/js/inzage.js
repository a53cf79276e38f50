// Redact by selecting: a toolbar with the grounds appears under the selected text; 1 to 4 choose.
// Without this file the same is done in the form under the text: copy the words, choose the ground.

const bron = document.querySelector("[data-lakbron]");
const formulier = document.querySelector("[data-lakken] form");
let balk = null;
let keuze = null;

function sluit() {
  balk?.remove();
  balk = keuze = null;
}

// Numbers and words for screen readers are no part of the text.
function kaal(bereik) {
  const stuk = bereik.cloneContents();
  for (const weg of stuk.querySelectorAll("sup, .alleen-lezer")) weg.remove();
  for (const regel of stuk.querySelectorAll("br, p")) regel.after(" ");
  return stuk.textContent.replace(/\s+/g, " ").trim();
}

// Which occurrence of these words was selected: the same words may stand in the text more than once.
function hoeveelste(bereik, tekst) {
  const ervoor = document.createRange();
  ervoor.setStart(bron, 0);
  ervoor.setEnd(bereik.startContainer, bereik.startOffset);
  return kaal(ervoor).split(tekst).length;
}

function toon() {
  sluit();
  const selectie = document.getSelection();
  if (!selectie || selectie.isCollapsed || !selectie.rangeCount) return;
  const bereik = selectie.getRangeAt(0);
  if (!bron.contains(bereik.commonAncestorContainer)) return;
  const tekst = kaal(bereik);
  if (!tekst) return;
  keuze = { tekst, keer: hoeveelste(bereik, tekst) };
  balk = document.createElement("div");
  balk.className = "vt-naarveld vt-naarveld--los";
  balk.setAttribute("role", "toolbar");
  balk.setAttribute("aria-label", "Selectie lakken met grond");
  const woord = document.createElement("span");
  woord.textContent = "Lakken, omdat";
  balk.append(woord, ...[...formulier.querySelectorAll('input[name="lakgrond"]')].map(knop));
  bron.closest("main").append(balk);
  const plaats = bereik.getBoundingClientRect();
  const links = Math.min(plaats.left, document.documentElement.clientWidth - balk.offsetWidth - 8);
  balk.style.left = `${Math.max(links, 8) + window.scrollX}px`;
  balk.style.top = `${plaats.bottom + window.scrollY + 6}px`;
}

function knop(grond, index) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `utrecht-button${index === 0 ? " utrecht-button--primary-action" : ""}`;
  const toets = document.createElement("kbd");
  toets.textContent = String(index + 1);
  element.append(grond.closest("label").textContent.trim(), " ", toets);
  element.addEventListener("mousedown", (gebeurtenis) => gebeurtenis.preventDefault());
  element.addEventListener("click", () => {
    grond.checked = true;
    formulier.elements.fragment.value = keuze.tekst;
    formulier.elements.keer.value = keuze.keer;
    formulier.requestSubmit();
  });
  return element;
}

if (bron && formulier) {
  window.addEventListener("resize", sluit);
  document.addEventListener("mouseup", (gebeurtenis) => {
    if (!balk?.contains(gebeurtenis.target)) setTimeout(toon);
  });
  document.addEventListener("keyup", ({ key, shiftKey }) => {
    if (shiftKey && key.startsWith("Arrow")) toon();
  });
  document.addEventListener("keydown", (gebeurtenis) => {
    if (!balk) return;
    if (gebeurtenis.key === "Escape") sluit();
    else if (/^[1-4]$/.test(gebeurtenis.key)) balk.querySelectorAll("button")[Number(gebeurtenis.key) - 1]?.click();
    else return;
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
  }, true);
}

// T, L and W choose; the choice is made by the button, never by the key alone.
for (const keuzeknop of document.querySelectorAll('.vt-oordeel input[type="radio"]')) {
  keuzeknop.dataset.toets = { tonen: "t", lakken: "l", weglaten: "w" }[keuzeknop.value] ?? "";
}
