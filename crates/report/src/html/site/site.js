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
// Light or dark, as this reader last chose.
(() => {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") {
      root.dataset.theme = chosen;
      button.textContent = chosen === "dark" ? "Light" : "Dark";
    }
    button.addEventListener("click", () => localStorage.setItem("theme", root.dataset.theme));
  } catch {
    // A browser that keeps nothing goes by the system's choice.
  }
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
// How long ago a day was, when the pointer rests on it.
(() => {
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const node of document.querySelectorAll("time[datetime]")) {
    const at = Date.parse(node.dateTime);
    if (Number.isNaN(at)) continue;
    const days = Math.round((at - Date.now()) / 864e5);
    const far = Math.abs(days);
    if (far < 45) node.title = words.format(days, "day");
    else if (far < 500) node.title = words.format(Math.round(days / 30.44), "month");
    else node.title = words.format(Math.round(days / 365.25), "year");
  }
})();
// A reader's name and token are typed once: the name is kept by this browser, the token until the tab is closed.
(() => {
  const place = (field) => (field.name === "token" ? sessionStorage : localStorage);
  const fields = [...document.querySelectorAll("input[data-kept]")];
  try {
    for (const field of fields) {
      field.value = place(field).getItem(`kept:${field.name}`) || "";
      field.addEventListener("change", () => place(field).setItem(`kept:${field.name}`, field.value));
    }
  } catch {
    // A browser that keeps nothing has them typed each time.
  }
})();
// The link for the bookmarks bar, and the page that tells how far it is.
(() => {
  const link = document.querySelector("[data-bookmark]");
  if (link) {
    link.href = `javascript:location.href=${JSON.stringify(`${location.origin}${location.pathname}?address=`)}+encodeURIComponent(location.href)`;
    link.hidden = false;
    document.querySelector("[data-bookmark-note]").hidden = true;
  }
  if (document.querySelector("[data-again]")) setTimeout(() => location.reload(), 1500);
})();
