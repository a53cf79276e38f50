// Extras on the confirmation of the public form: copy the number, print the page. Without this file the number stands
// there all the same, and the browser prints.

const plek = document.querySelector("[data-kopieer]");

const knop = (tekst, doe) => {
  const gemaakt = document.createElement("button");
  gemaakt.type = "button";
  gemaakt.className = "utrecht-button utrecht-button--secondary-action";
  gemaakt.textContent = tekst;
  gemaakt.addEventListener("click", doe);
  plek.append(gemaakt);
  return gemaakt;
};

if (plek) {
  const stand = document.createElement("span");
  stand.setAttribute("role", "status");
  const nummer = document.getElementById(plek.dataset.kopieer);
  if (navigator.clipboard) {
    knop("Nummer kopiëren", async () => {
      try {
        await navigator.clipboard.writeText(nummer.textContent.trim());
        stand.textContent = "Het nummer is gekopieerd.";
      } catch {
        window.getSelection().selectAllChildren(nummer);
        stand.textContent = "Het nummer is geselecteerd. Kopieer het met Ctrl C.";
      }
    });
  }
  knop("Deze bladzijde afdrukken", () => window.print());
  plek.append(stand);
}
