// Select text of a report and send it to a field: what is known stays beside what you fill in.
//
//   <div data-bron data-doelen='[{"naam": "Feit", "veld": "id_feit"}, …]'> the text as received </div>
//
// A toolbar with at most four targets appears under the selection; 1 to 4 choose. The text is added to the field,
// underlined in the source and never removed. Without JavaScript people copy and paste, as they do now.

const bronnen = document.querySelectorAll("[data-bron][data-doelen]");
let balk = null;
let keuze = null;

function sluit() {
  balk?.remove();
  balk = keuze = null;
}

function gekozenIn(bron) {
  const selectie = document.getSelection();
  if (!selectie || selectie.isCollapsed || !selectie.rangeCount) return null;
  const bereik = selectie.getRangeAt(0);
  const tekst = selectie.toString().replace(/\s+/g, " ").trim();
  return tekst && bron.contains(bereik.commonAncestorContainer) ? { bereik, tekst } : null;
}

function knop(doel, nummer) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `utrecht-button${nummer === 1 ? " utrecht-button--primary-action" : ""}`;
  element.append(doel.naam, " ");
  const toets = document.createElement("kbd");
  toets.textContent = String(nummer);
  element.append(toets);
  element.addEventListener("mousedown", (gebeurtenis) => gebeurtenis.preventDefault()); // keep the selection
  element.addEventListener("click", () => neemOver(doel));
  return element;
}

function toon(bron) {
  sluit();
  keuze = gekozenIn(bron);
  if (!keuze) return;
  balk = document.createElement("div");
  balk.className = "vt-naarveld vt-naarveld--los";
  balk.setAttribute("role", "toolbar");
  balk.setAttribute("aria-label", "Selectie overnemen in");
  const woord = document.createElement("span");
  woord.textContent = bron.dataset.woord ?? "Naar";
  balk.append(woord, ...JSON.parse(bron.dataset.doelen).slice(0, 4).map((doel, i) => knop(doel, i + 1)));
  document.body.append(balk);
  const plaats = keuze.bereik.getBoundingClientRect();
  const links = Math.min(plaats.left, document.documentElement.clientWidth - balk.offsetWidth - 8);
  balk.style.left = `${Math.max(links, 8) + window.scrollX}px`;
  balk.style.top = `${plaats.bottom + window.scrollY + 6}px`;
}

function neemOver(doel) {
  const veld = document.getElementById(doel.veld);
  if (!veld || !keuze) return;
  const { bereik, tekst } = keuze;
  if (veld.tagName === "TEXTAREA") veld.value += (veld.value && !veld.value.endsWith("\n") ? "\n" : "") + tekst;
  else veld.value = veld.value ? `${veld.value} ${tekst}` : tekst;
  veld.classList.add("is-voorgevuld");
  veld.dispatchEvent(new Event("input", { bubbles: true }));
  veld.dispatchEvent(new Event("change", { bubbles: true }));
  onderstreep(bereik);
  document.getSelection()?.removeAllRanges();
  zeg(`Overgenomen in ${doel.naam}.`);
  sluit();
}

// Each text node of the selection gets its own underlined piece, so no element of the source is broken open.
function onderstreep(bereik) {
  const loper = document.createTreeWalker(bereik.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const knopen = bereik.commonAncestorContainer.nodeType === Node.TEXT_NODE ? [bereik.commonAncestorContainer] : [];
  while (loper.nextNode()) if (bereik.intersectsNode(loper.currentNode)) knopen.push(loper.currentNode);
  for (const tekst of knopen) {
    const stuk = document.createRange();
    stuk.selectNodeContents(tekst);
    if (tekst === bereik.startContainer) stuk.setStart(tekst, bereik.startOffset);
    if (tekst === bereik.endContainer) stuk.setEnd(tekst, bereik.endOffset);
    if (stuk.collapsed || !stuk.toString().trim()) continue;
    const streep = document.createElement("span");
    streep.className = "gebruikt";
    stuk.surroundContents(streep);
  }
}

function zeg(zin) {
  let plek = document.getElementById("naarveld-gezegd");
  if (!plek) {
    plek = document.createElement("p");
    plek.id = "naarveld-gezegd";
    plek.className = "alleen-lezer";
    plek.setAttribute("role", "status");
    document.body.append(plek);
  }
  plek.textContent = zin;
}

if (bronnen.length) {
  const bronVan = (knoop) => (knoop?.nodeType === Node.TEXT_NODE ? knoop.parentElement : knoop)?.closest?.("[data-bron][data-doelen]");
  const kijk = () => {
    const bron = bronVan(document.getSelection()?.anchorNode);
    if (bron) toon(bron);
    else sluit();
  };
  document.addEventListener("mouseup", (gebeurtenis) => {
    if (!balk?.contains(gebeurtenis.target)) setTimeout(kijk);
  });
  document.addEventListener("keyup", ({ key, shiftKey }) => {
    if (shiftKey && key.startsWith("Arrow")) kijk();
  });
  // Before the tabs get the digits: while a selection stands, 1 to 4 are targets.
  document.addEventListener("keydown", (gebeurtenis) => {
    if (!balk) return;
    if (gebeurtenis.key === "Escape") sluit();
    else if (/^[1-4]$/.test(gebeurtenis.key)) balk.querySelectorAll("button")[Number(gebeurtenis.key) - 1]?.click();
    else return;
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
  }, true);
}
