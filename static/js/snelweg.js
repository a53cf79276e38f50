// Leave quickly: the weather takes the place of this page, so the back button does not return to it.
// The browser still remembers the visit; the page says so.

document.addEventListener("click", (gebeurtenis) => {
  const link = gebeurtenis.target.closest?.("[data-snelweg]");
  if (!link) return;
  gebeurtenis.preventDefault();
  window.location.replace(link.href);
});
