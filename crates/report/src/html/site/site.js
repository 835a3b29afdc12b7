// What came since this reader last looked at a story, kept in this browser alone.
(() => {
  const list = document.querySelector(".history[data-seen]");
  if (!list) return;
  const key = "seen:" + location.pathname;
  let seen = null;
  try {
    seen = localStorage.getItem(key);
    localStorage.setItem(key, new Date().toISOString());
  } catch {
    return;
  }
  if (!seen) return;
  const since = [...list.children].filter((step) => step.dataset.at > seen);
  for (const step of since) step.classList.add("unseen");
  if (since.length) list.parentElement.open = true;
})();
// "/" goes to the search field, as elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
  const field = document.getElementById("q");
  if (!field) return;
  event.preventDefault();
  field.focus();
});
