// Select text of a report and send it to a field: what is known stays beside what you fill in (RW-12.5).
//
//   <script type="application/json" id="doelen"> {"rij": "persoon-2", "velden": [{"naam": "Achternaam", "veld": "id_{rij}-achternaam"}, …]} </script>
//   <div data-bron data-doelen="doelen" tabindex="0"> the text as received, or a textarea that is still being typed in </div>
//
// With few targets that are always the same, data-doelen may hold the list of velden itself.
//
// A toolbar with the targets appears under the selection; 1 to 9 choose (with Alt where digits are typed). By keyboard
// the arrows pick a word, with Shift more words. The text is added to the field, underlined in the source and never
// removed. {rij} is the person you were last busy with. Without JavaScript people copy and paste, as they do now.

const bronnen = document.querySelectorAll("[data-bron][data-doelen]");
let balk = null;
let keuze = null;

function sluit() {
  balk?.remove();
  balk = keuze = null;
}

function gekozenIn(bron) {
  const vak = bron.querySelector("textarea");
  if (vak && document.activeElement === vak) {
    const tekst = vak.value.slice(vak.selectionStart, vak.selectionEnd).replace(/\s+/g, " ").trim();
    return tekst ? { vak, tekst } : null;
  }
  const selectie = document.getSelection();
  if (!selectie || selectie.isCollapsed || !selectie.rangeCount) return null;
  const bereik = selectie.getRangeAt(0);
  const tekst = selectie.toString().replace(/\s+/g, " ").trim();
  return tekst && bron.contains(bereik.commonAncestorContainer) ? { bereik, tekst } : null;
}

// The row of the person you were last busy with; before that the first who is still empty.
let laatsteRij = "";
document.addEventListener("focusin", ({ target }) => { laatsteRij = target.closest?.(".vt-melder-rij")?.id ?? laatsteRij; });

function doelenVan(bron) {
  const eigen = bron.dataset.doelen;
  const { rij = "", velden } = eigen.startsWith("[") ? { velden: JSON.parse(eigen) } : JSON.parse(document.getElementById(eigen).textContent);
  const hier = document.getElementById(laatsteRij) ? laatsteRij : rij;
  const doelen = velden.map((doel) => ({ ...doel, veld: doel.veld.replace("{rij}", hier) })).filter((doel) => document.getElementById(doel.veld));
  const wie = rij && document.getElementById(hier)?.querySelector("summary b")?.textContent;
  return { doelen: doelen.slice(0, 9), wie };
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
  const { doelen, wie } = doelenVan(bron);
  woord.textContent = wie ? `Naar ${wie}` : "Naar";
  balk.append(woord, ...doelen.map((doel, i) => knop(doel, i + 1)));
  document.body.append(balk);
  const plaats = (keuze.bereik ?? keuze.vak).getBoundingClientRect();
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
  for (let om = veld.closest("details"); om; om = om.parentElement.closest("details")) om.open = true;
  if (bereik) {
    const einde = onderstreep(bereik);
    if (einde) document.getSelection()?.collapse(einde, einde.childNodes.length); // the next word is one arrow away
  }
  zeg(`Overgenomen in ${doel.naam}.`);
  sluit();
}

// Each text node of the selection gets its own underlined piece, so no element of the source is broken open.
function onderstreep(bereik) {
  const loper = document.createTreeWalker(bereik.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const knopen = bereik.commonAncestorContainer.nodeType === Node.TEXT_NODE ? [bereik.commonAncestorContainer] : [];
  while (loper.nextNode()) if (bereik.intersectsNode(loper.currentNode)) knopen.push(loper.currentNode);
  let laatste = null;
  for (const tekst of knopen) {
    const stuk = document.createRange();
    stuk.selectNodeContents(tekst);
    if (tekst === bereik.startContainer) stuk.setStart(tekst, bereik.startOffset);
    if (tekst === bereik.endContainer) stuk.setEnd(tekst, bereik.endOffset);
    if (stuk.collapsed || !stuk.toString().trim()) continue;
    const streep = document.createElement("span");
    streep.className = "gebruikt";
    stuk.surroundContents(streep);
    laatste = streep;
  }
  return laatste;
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
    const bron = bronVan(document.activeElement?.matches("textarea") ? document.activeElement : document.getSelection()?.anchorNode);
    if (bron) toon(bron);
    else sluit();
  };
  document.addEventListener("mouseup", (gebeurtenis) => {
    if (!balk?.contains(gebeurtenis.target)) setTimeout(kijk);
  });
  document.addEventListener("keyup", ({ key, shiftKey, target }) => {
    if ((shiftKey && key.startsWith("Arrow")) || (key === "Shift" && target.matches?.("textarea"))) kijk();
  });
  // Arrows in the text as received pick a word, with Shift more of them: no mouse and no caret browsing needed.
  for (const bron of bronnen) bron.addEventListener("keydown", (gebeurtenis) => {
    const [richting, maat] = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] }[gebeurtenis.key] ?? [];
    if (!richting || gebeurtenis.target !== bron || gebeurtenis.ctrlKey || gebeurtenis.altKey) return;
    gebeurtenis.preventDefault();
    const selectie = document.getSelection();
    if (!bron.contains(selectie.anchorNode)) selectie.collapse(bron, 0);
    else if (!gebeurtenis.shiftKey) {
      if (richting === "forward") selectie.collapseToEnd();
      else selectie.collapseToStart();
      if (maat === "line") selectie.modify("move", richting, "line");
      else if (richting === "backward") selectie.modify("move", "backward", "word");
    }
    if (!gebeurtenis.shiftKey) selectie.modify("extend", "forward", "word");
    else selectie.modify("extend", richting, maat);
    if (!bron.contains(selectie.focusNode)) selectie.extend(bron, bron.childNodes.length);
    kijk();
  });
  // Before the tabs get the digits: while a selection stands, they are targets. Where digits are typed, with Alt.
  document.addEventListener("keydown", (gebeurtenis) => {
    if (!balk) return;
    const cijfer = /^Digit[1-9]$/.test(gebeurtenis.code) ? Number(gebeurtenis.code.slice(5)) : 0;
    if (gebeurtenis.key === "Escape") sluit();
    else if (cijfer && !gebeurtenis.ctrlKey && gebeurtenis.altKey === Boolean(keuze?.vak)) balk.querySelectorAll("button")[cijfer - 1]?.click();
    else return;
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
  }, true);
}
