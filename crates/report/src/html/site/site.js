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
// Keys: "/" the search field, "?" the help, "j" and "k" the next thing on the page and the one before, "n" the next
// passage in it.
(() => {
  const STEPS = ".cards > li, .hits > li, article.dispute, .grid tbody tr:not(.group), .alone li, article.quote, article.copy, .decided > li, .history > li";
  const PASSAGES = "a.n, a.cell, a.k";
  const seen = (node) => node.getClientRects().length > 0;
  const show = (node) => {
    if (!node.hasAttribute("href") && !node.hasAttribute("tabindex")) node.tabIndex = -1;
    node.focus();
    node.scrollIntoView({ block: "nearest" });
  };
  /** The one after, or before, where the focus is; none beyond the ends. */
  const beside = (nodes, forward) => {
    const at = document.activeElement;
    const within = nodes.findIndex((node) => node === at || node.contains(at));
    if (within >= 0) return nodes[within + (forward ? 1 : -1)];
    if (!at || at === document.body) return forward ? nodes[0] : undefined;
    const after = nodes.filter((node) => at.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    return forward ? after[0] : nodes[nodes.length - after.length - 1];
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = document.activeElement;
    if (at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    if (document.querySelector("dialog[open]")) return;
    const list = (choice) => [...document.querySelectorAll(choice)].filter(seen);
    let to;
    if (event.key === "/") to = document.getElementById("q");
    else if (event.key === "j" || event.key === "k") to = beside(list(STEPS), event.key === "j");
    else if (event.key === "n") to = beside(list(PASSAGES), true);
    else if (event.key === "?") {
      event.preventDefault();
      location.href = `${document.documentElement.dataset.base || ""}/help#keys`;
    }
    if (!to) return;
    event.preventDefault();
    show(to);
  });
})();
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
// What can be copied, by the button before it.
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value).then(
        () => { button.textContent = "Copied"; },
        () => { button.textContent = "The browser does not let it be copied"; },
      );
    });
  }
})();
// Words of an article that are selected can be asked about: who else says this.
(() => {
  const least = 20;
  const most = 400;
  const link = document.createElement("a");
  link.className = "asks";
  link.textContent = "Who else says this?";
  link.hidden = true;
  const cite = link.cloneNode();
  cite.classList.add("cites");
  cite.textContent = "Cite this";
  document.body.append(link, cite);
  const article = /\/articles\/([^/]+)$/.exec(location.pathname);
  /** The words without the numbers that stand among them. */
  const bare = (chosen) => {
    const words = chosen.getRangeAt(0).cloneContents();
    for (const node of words.querySelectorAll(".back")) node.remove();
    return words.textContent.trim();
  };
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const from = chosen && chosen.anchorNode && chosen.anchorNode.parentElement;
    const words = chosen ? String(chosen).replace(/\s+/g, " ").trim() : "";
    const fits = from && from.closest("article.page") && words.length >= least && words.length <= most;
    link.hidden = !fits;
    cite.hidden = !fits || !article;
    if (!cite.hidden) cite.href = `${document.documentElement.dataset.base || ""}/cite/articles/${article[1]}?exact=${encodeURIComponent(bare(chosen))}`;
    if (fits) link.href = `${document.documentElement.dataset.base || ""}/ask?q=${encodeURIComponent(words)}`;
  });
})();
