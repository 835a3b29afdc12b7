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
// Keys: "/" the search field, "f" the story's own, "?" the help, "j" and "k" the next thing on the page and the one
// before, "n" the next passage and "p" the one before.
(() => {
  const STEPS = ".cards > li, .hits > li, .things > li, article.dispute, .grid tbody tr:not(.group), .alone li, article.quote, article.copy, .decided > li, .history > li";
  const PASSAGES = "a.n, a.cell, .text a.back";
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
    else if (event.key === "f") to = document.getElementById("find");
    else if (event.key === "j" || event.key === "k") to = beside(list(STEPS), event.key === "j");
    else if (event.key === "n" || event.key === "p") to = beside(list(PASSAGES), event.key === "n");
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
    const copy = chosen && chosen.rangeCount ? chosen.getRangeAt(0).cloneContents() : null;
    // The numbers behind passages are none of the article's words.
    for (const node of copy?.querySelectorAll(".back, .bars") ?? []) node.remove();
    for (const node of copy?.querySelectorAll("p") ?? []) node.append(" ");
    const words = copy ? copy.textContent.replace(/\s+/g, " ").trim() : "";
    const fits = from && from.closest("article.page") && words.length >= least && words.length <= most;
    link.hidden = !fits;
    cite.hidden = !fits || !article;
    if (!cite.hidden) cite.href = `${document.documentElement.dataset.base || ""}/cite/articles/${article[1]}?exact=${encodeURIComponent(bare(chosen))}`;
    if (fits) link.href = `${document.documentElement.dataset.base || ""}/ask?q=${encodeURIComponent(words)}`;
  });
})();
// What a form asks for may take a moment: the page says so until the answer comes, or the reader comes back to it.
(() => {
  document.addEventListener("submit", () => document.body.setAttribute("aria-busy", "true"));
  addEventListener("pageshow", () => document.body.removeAttribute("aria-busy"));
})();
// A story is sifted as somebody types, by what the page shows; the server, asked by Enter, knows of passages that it does
// not show.
(() => {
  const field = document.getElementById("find");
  if (!field) return;
  const told = document.getElementById("sifted");
  const KINDS = [
    ["disputes", "Disputes", "article.dispute"],
    ["claims", "Claims", ".grid tbody tr:not(.group), .alone li"],
    ["quotes", "Quotes", "article.quote"],
    ["timeline", "Timeline", ".timeline > li"],
  ];
  const HOLDERS = ".grid tbody, .alone, .alone details, .speaker, .part > details.lone, .speaker > details.lone";
  const fold = (text) => (text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  /** The parts of a query: words side by side, the last perhaps only begun. */
  const parts = (query) => query.split('"').flatMap((piece, at) => (at % 2 ? [piece] : piece.split(/\s+/)))
    .map((piece) => ({ words: fold(piece), begun: piece.endsWith("*") })).filter(({ words }) => words.length);
  const has = (words, { words: own, begun }) => words.some((_, at) => own.every((one, nth) => {
    const word = words[at + nth] ?? "";
    return word === one || (begun && nth === own.length - 1 && word.startsWith(one));
  }));
  let items;
  /** The things of the page, each with the words of its passages: those that it shows, those that its marks lead to. */
  const read = () => {
    const passages = new Map();
    for (const piece of document.querySelectorAll(".text mark[id], .text mark[data-of]")) {
      const id = piece.id || piece.dataset.of;
      const copy = piece.cloneNode(true);
      for (const back of copy.querySelectorAll(".back")) back.remove();
      passages.set(id, `${passages.get(id) ?? ""} ${copy.textContent}`);
    }
    const of = (node) => {
      const heading = node.closest(".speaker")?.querySelector("h4")?.cloneNode(true);
      for (const more of heading?.querySelectorAll("span, b") ?? []) more.remove();
      const speaker = heading?.textContent ?? "";
      const source = [...node.querySelectorAll("figcaption .words")].map((words) => words.textContent).join(" ");
      const marks = [...node.querySelectorAll("a.n, a.cell:not(.near)")].filter((mark) => !mark.closest(".similar ~ .evs"));
      const texts = [...node.querySelectorAll(".words")].map((words) => words.textContent);
      texts.push(...marks.map((mark) => passages.get(mark.hash.slice(1)) ?? ""));
      return texts.map((text) => fold(`${text} ${source} ${speaker}`));
    };
    return KINDS.map(([section, , choice]) => {
      const part = document.querySelector(`[id="s1${section}"]`);
      const nodes = part ? [...part.querySelectorAll(choice)] : [];
      return nodes.map((node) => ({ node, texts: of(node) }));
    });
  };
  const link = (href, text) => {
    const node = document.createElement("a");
    node.href = href;
    node.textContent = text;
    return node;
  };
  const sift = () => {
    items ??= read();
    const wanted = parts(field.value);
    const any = wanted.length > 0;
    const counts = items.map((things) => things.filter(({ node, texts }) => {
      const found = !any || texts.some((words) => wanted.every((part) => has(words, part)));
      node.hidden = !found;
      return found;
    }).length);
    for (const holder of document.querySelectorAll(HOLDERS)) {
      const found = [...holder.querySelectorAll(KINDS.map(([, , choice]) => choice).join())].some((node) => !node.hidden);
      holder.hidden = any && !found;
      if (any && found && holder instanceof HTMLDetailsElement) holder.open = true;
    }
    for (const part of document.querySelectorAll(".parts > .part")) {
      const section = part.id.replace(/^s1/, "");
      const at = KINDS.findIndex(([known]) => known === section);
      part.hidden = any && section !== "articles" && !counts[at];
      const entry = document.querySelector(`.contents a[href="#${part.id}"]`);
      if (entry) entry.parentElement.hidden = part.hidden;
    }
    if (!any) {
      told.replaceChildren();
      return;
    }
    const list = KINDS.map(([, name], at) => [name, counts[at], items[at].length]).filter(([, , all]) => all);
    const words = counts.some(Boolean)
      ? `${list.map(([name, found, all]) => `${name} ${found} of ${all}`).join(" \u00b7 ")}. `
      : "No claim, quote, dispute or date of this story has all these words. ";
    const base = document.documentElement.dataset.base || "";
    told.replaceChildren(
      words,
      link(location.pathname, "Show everything"),
      " \u00b7 ",
      link(`${base}/search?of=claims&q=${encodeURIComponent(field.value)}`, "Look in all stories"),
    );
  };
  let soon;
  field.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(sift, 120);
  });
})();
