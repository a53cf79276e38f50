// Drafts. Whatever is typed in a form that is sent stands on the server within two seconds, for whoever typed it only.
//
// Each window keeps its own draft. What another window (or a crash, or a lost session) left behind is offered above
// the form: go on with it, or throw it away. Nothing is written over, nothing is filled in unasked. Never for passwords.
// <form data-klad="nee"> keeps none; data-klad-rij="…" names the button that brings rows the page does not have yet.

const WACHT = 600;
const OPNIEUW = 5000;
const { wie, verstuurd } = document.body.dataset;
const pad = location.pathname + location.search;
const venster = (sessionStorage["vt-venster"] ??= crypto.randomUUID());
const kladden = new Map();

const GEEN = "input[type=password], [autocomplete='one-time-code'], [autocomplete='current-password']";
const TYPBAAR = "textarea, select, input:not([type=hidden], [type=submit], [type=button], [type=file], [type=search])";
const telt = (formulier) => formulier.method === "post" && formulier.getAttribute("role") !== "search" && formulier.dataset.klad !== "nee"
  && !formulier.querySelector(GEEN) && formulier.querySelector(TYPBAAR);

function velden(formulier) {
  return [...new FormData(formulier)].filter(([naam, waarde]) => typeof waarde === "string" && !["csrfmiddlewaretoken", "klad"].includes(naam));
}

const doelVan = (formulier) => formulier.getAttribute("id") || new URL(formulier.getAttribute("action") || location.href, location.href).pathname;

function naamVan(formulier) {
  const zelfde = [...document.forms].filter((ander) => telt(ander) && doelVan(ander) === doelVan(formulier));
  return `${doelVan(formulier)}~${zelfde.indexOf(formulier)}`;
}

class Klad {
  constructor(formulier) {
    this.formulier = formulier;
    this.naam = naamVan(formulier);
    this.begin(crypto.randomUUID(), 0);
    this.bezig = this.later = null;
    this.anders = this.klaar = false;
    this.getypteVelden = new Set();
    this.plek = document.createElement("div");
    this.plek.className = "vt-kladden";
    formulier.before(this.plek);
    this.stand = document.createElement("p");
    this.stand.className = "vt-kladstand";
    this.stand.hidden = true;
    (formulier.querySelector(".vt-actiebalk") ?? formulier).append(this.stand);
  }

  begin(sleutel, versie) {
    Object.assign(this, { sleutel, versie });
  }

  // The mark by which the server knows, once the form is taken, which draft is done.
  merk() {
    let veld = this.formulier.querySelector("input[name=klad]");
    if (!veld) {
      veld = Object.assign(document.createElement("input"), { type: "hidden", name: "klad" });
      this.formulier.append(veld);
    }
    veld.value = this.sleutel;
  }

  getypt(veld = "") {
    this.anders = true;
    this.getypteVelden.add(veld);
    this.merk();
    if (!this.bezig) this.later ??= setTimeout(() => this.bewaar(), WACHT);
  }

  async bewaar(opties = {}) {
    clearTimeout(this.later);
    this.later = null;
    if (!this.anders || this.klaar) return;
    this.anders = false;
    this.bezig = vraag("bewaar", {
      sleutel: this.sleutel, versie: this.versie, formulier: this.naam, velden: velden(this.formulier), eigen: eigen(),
    }, opties);
    const { status, inhoud } = await this.bezig;
    this.bezig = null;
    if (status === 200 && !inhoud.elders) {
      this.versie = inhoud.versie;
      this.zeg(`Concept bewaard om ${nu()}.`);
      this.toon(inhoud.andere);
      if (this.anders) this.getypt();
    } else if (!this.klaar) this.mis(status, inhoud);
  }

  // On its way: the last letters go along, and nothing begins anew while the answer is awaited.
  verstuur() {
    void this.bewaar({ keepalive: true });
    this.klaar = true;
    setTimeout(() => { this.klaar = false; }, 10_000); // a download answers without a new page
  }

  mis(status, inhoud) {
    this.anders = true;
    if (status === 200) { // another window went on with it: this one begins its own
      this.begin(crypto.randomUUID(), 0);
      this.merk();
      this.zeg(inhoud.elders, true);
      this.later = setTimeout(() => this.bewaar(), WACHT);
    } else if ([400, 412, 413].includes(status)) this.zeg(inhoud?.uitleg ?? "Dit is niet als concept te bewaren.", true);
    else {
      this.zeg(status === 401
        ? "Je bent uitgelogd. Laat dit venster staan en log in een ander venster weer in; dan gaat het bewaren verder."
        : "Concept nog niet bewaard: geen verbinding. We proberen het steeds opnieuw.", true);
      this.later = setTimeout(() => this.bewaar(), OPNIEUW);
    }
  }

  zeg(zin, letop = false) {
    this.stand.hidden = false;
    if (letop) this.stand.setAttribute("role", "alert");
    else this.stand.removeAttribute("role");
    this.stand.classList.toggle("is-letop", letop);
    if (this.stand.textContent !== zin) this.stand.textContent = zin;
  }

  toon(andere) {
    const hier = andere.filter(({ formulier, sleutel }) => formulier === this.naam && sleutel !== this.sleutel);
    if (JSON.stringify(hier) === this.getoond) return;
    this.getoond = JSON.stringify(hier);
    this.plek.replaceChildren(...hier.map((klad) => this.aanbod(klad)));
  }

  aanbod(klad) {
    const doos = document.createElement("div");
    doos.className = "vt-bericht vt-klad";
    doos.setAttribute("role", "status");
    const zin = document.createElement("p");
    zin.textContent = `Er staat een concept van ${klad.om}${klad.venster === venster ? "" : ", in een ander venster"}.`;
    doos.append(zin, knop("Verder met wat je typte", () => this.verder(klad)), knop("Weggooien", () => this.gooiWeg(klad)));
    return doos;
  }

  // A part of the form that saves itself (the VHT): once all that was typed is in the file, its draft is done.
  deelBewaard(deel) {
    for (const { name } of deel.querySelectorAll("[name]")) this.getypteVelden.delete(name);
    if (this.getypteVelden.size) return;
    clearTimeout(this.later);
    this.later = null;
    this.anders = false;
    this.stand.hidden = true;
    vraag("weg", { sleutel: this.sleutel });
    this.begin(crypto.randomUUID(), 0);
  }

  async verder(klad) {
    await this.bewaar(); // what stands here now stays as a draft of its own
    const { status, inhoud } = await vraag("verder", { sleutel: klad.sleutel });
    if (status !== 200) return this.ververs();
    this.begin(klad.sleutel, inhoud.versie);
    this.merk();
    this.vul(inhoud.velden);
    this.getypt();
    this.ververs();
    this.formulier.querySelector(TYPBAAR)?.focus();
  }

  async gooiWeg(klad) {
    await vraag("weg", { sleutel: klad.sleutel });
    this.ververs();
    this.formulier.querySelector(TYPBAAR)?.focus();
  }

  async ververs() {
    const { status, inhoud } = await vraag("kijk", { eigen: eigen() });
    if (status === 200) this.toon(inhoud.andere);
  }

  vul(waarden) {
    const per = Map.groupBy(waarden, ([naam]) => naam);
    const over = [];
    for (const [naam, paren] of per) {
      const gewild = paren.map(([, waarde]) => waarde);
      const gevonden = [...this.formulier.elements].filter((element) => element.name === naam);
      if (!gevonden.length) over.push(...paren);
      for (const element of gevonden) zet(element, gewild);
    }
    for (const element of this.formulier.elements) // what was unticked is not in a form's data
      if (["checkbox", "radio"].includes(element.type) && !per.has(element.name)) element.checked = false;
    for (const details of this.formulier.querySelectorAll("details"))
      if ([...details.querySelectorAll("input, textarea")].some(({ type, value }) => type !== "hidden" && !["checkbox", "radio"].includes(type) && value)) details.open = true;
    this.rest(over.filter(([naam, waarde]) => naam && waarde));
  }

  // Rows the page does not have yet come by asking the page for them; what fits nowhere is shown, never dropped.
  rest(over) {
    if (!over.length) return;
    const rij = this.formulier.dataset.kladRij && this.formulier.querySelector(this.formulier.dataset.kladRij);
    if (rij) {
      for (const [name, value] of over) this.formulier.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      this.formulier.requestSubmit(rij);
      return;
    }
    const meer = document.createElement("details");
    meer.open = true;
    meer.className = "vt-bericht vt-klad";
    meer.append(Object.assign(document.createElement("summary"), { textContent: "Dit had hier geen veld meer" }));
    for (const [, waarde] of over) meer.append(Object.assign(document.createElement("p"), { textContent: waarde }));
    this.formulier.prepend(meer);
  }
}

function zet(element, gewild) {
  if (["checkbox", "radio"].includes(element.type)) element.checked = gewild.includes(element.value);
  else if (element.multiple && element.options) for (const optie of element.options) optie.selected = gewild.includes(optie.value);
  else if (element.type !== "file" && element.type !== "submit" && element.type !== "button") element.value = gewild.shift() ?? "";
  element.dispatchEvent(new Event("input", { bubbles: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
}

function knop(tekst, doe) {
  const element = Object.assign(document.createElement("button"), { type: "button", textContent: tekst });
  element.className = "utrecht-button utrecht-button--secondary-action";
  element.addEventListener("click", doe);
  return element;
}

const nu = () => new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
const eigen = () => [...kladden.values()].map(({ sleutel }) => sleutel);
let csrf = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

async function stuur(doe, gegevens, opties) {
  const antwoord = await fetch("/klad/", {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify({ doe, wie, pad, venster, ...gegevens }),
    ...opties,
  });
  if (antwoord.type === "opaqueredirect") return { status: 401 };
  return { status: antwoord.status, inhoud: await antwoord.json().catch(() => ({})) };
}

// A new session has a new token; the page, and the forms on it, go on with that one when it is still the same person.
async function vraag(doe, gegevens, opties) {
  try {
    const eerst = await stuur(doe, gegevens, opties);
    if (eerst.status !== 403) return eerst;
    const antwoord = await fetch("/klad/sleutel/", { redirect: "manual" });
    if (!antwoord.ok) return { status: 401 };
    const nieuw = await antwoord.json();
    if (nieuw.wie !== wie) return { status: 401 };
    csrf = nieuw.csrf;
    for (const veld of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) veld.value = csrf;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": csrf }));
    return await stuur(doe, gegevens, opties);
  } catch {
    return { status: 0 };
  }
}

function klad(formulier) {
  if (!formulier || !telt(formulier)) return null;
  if (!kladden.has(formulier)) kladden.set(formulier, new Klad(formulier));
  return kladden.get(formulier);
}

// Typed before this script was there: on a long page one is quicker than it.
function isAnders(veld) {
  if (!veld.name || ["hidden", "file", "submit", "button"].includes(veld.type)) return false;
  if (veld.type === "checkbox" || veld.type === "radio") return veld.checked !== veld.defaultChecked;
  if (veld.options) return [...veld.options].some((keuze) => keuze.defaultSelected) ? [...veld.options].some((keuze) => keuze.selected !== keuze.defaultSelected) : veld.selectedIndex > 0;
  return "defaultValue" in veld && veld.value !== veld.defaultValue;
}

const bewaarAlles = (opties) => kladden.forEach((k) => void k.bewaar(opties));

if (wie) {
  const geraakt = ({ target }) => { if (target.name && target.type !== "file") klad(target.form)?.getypt(target.name); };
  document.addEventListener("input", geraakt);
  document.addEventListener("change", geraakt);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") bewaarAlles({ keepalive: true }); });
  window.addEventListener("pagehide", () => bewaarAlles({ keepalive: true }));
  document.addEventListener("submit", (gebeurtenis) => {
    const dit = kladden.get(gebeurtenis.target);
    dit?.merk();
    setTimeout(() => { if (!gebeurtenis.defaultPrevented) dit?.verstuur(); });
  }, true);
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) kladden.forEach((k) => { k.klaar = false; }); });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (detail.successful && target.getAttribute?.("hx-trigger") === "change") kladden.get(target.closest("form"))?.deelBewaard(target);
  });
  const hier = [...document.forms].filter(telt);
  for (const formulier of hier) for (const veld of formulier.elements) if (isAnders(veld)) klad(formulier)?.getypt(veld.name);
  if (hier.length) {
    const { status, inhoud } = await vraag("kijk", {});
    if (status === 200) for (const formulier of hier) {
      const eigenKlad = inhoud.andere.filter((k) => k.formulier === naamVan(formulier));
      if (!eigenKlad.length) continue;
      const dit = klad(formulier);
      const terug = eigenKlad.find(({ sleutel }) => sleutel === verstuurd);
      if (terug) { // refused, or sent to look something up: the page came back with all of it
        dit.begin(terug.sleutel, terug.versie);
        dit.getypt();
      }
      dit.toon(inhoud.andere);
    }
  }
}
