"use strict";
// Three things that HTML alone cannot do: a switch between light and dark, a passage shown beside the
// text that points at it, and a grid put in another order. Text is only ever copied as nodes, never parsed as markup.
(() => {
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  const dark = () => root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const label = () => { theme.textContent = dark() ? "Light" : "Dark"; };
  theme.hidden = false;
  label();
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    label();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);

  const panel = document.getElementById("panel");
  const body = document.getElementById("panel-body");
  const title = document.getElementById("panel-title");
  let opener = null;

  const make = (name, kind, text) => {
    const node = document.createElement(name);
    if (kind) node.className = kind;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const words = (node) => (node ? node.textContent.trim() : "");

  // A passage's pieces: the first carries the id, later ones name it.
  const main = document.getElementById("main");
  const pieces = (id) => [...main.querySelectorAll(`[id="${id}"], [data-of="${id}"]`)];

  const close = (give) => {
    if (panel.hidden) return;
    panel.hidden = true;
    if (opener) {
      opener.removeAttribute("aria-current");
      if (give) opener.focus({ preventScroll: true });
    }
    opener = null;
  };

  // The paragraphs that hold the passage, with one before and one behind.
  const context = (found) => {
    const holders = found.map((piece) => piece.closest("p")).filter(Boolean);
    if (!holders.length) return null;
    const list = [...holders[0].parentElement.children];
    const first = Math.max(0, list.indexOf(holders[0]) - 1);
    const last = list.indexOf(holders[holders.length - 1]) + 2;
    const box = make("div", "text");
    for (const paragraph of list.slice(first, last)) box.append(paragraph.cloneNode(true));
    return box;
  };

  const show = (id, from) => {
    const found = pieces(id);
    const page = found.length ? found[0].closest(".page") : null;
    const box = page && context(found);
    if (!box) return false;
    if (opener) opener.removeAttribute("aria-current");
    opener = from;
    opener.setAttribute("aria-current", "true");
    for (const node of box.querySelectorAll("[id], [data-of]")) {
      if (node.id === id || node.dataset.of === id) node.classList.add("on");
      node.removeAttribute("id");
      node.removeAttribute("data-of");
    }
    for (const node of box.querySelectorAll(".back")) node.remove();
    title.textContent = words(page.querySelector(".outlet"));
    const steps = make("p", "steps");
    const whole = make("a", "", "Open in the article");
    whole.href = "#" + id;
    whole.addEventListener("click", () => close(false));
    steps.append(whole);
    const plain = (piece) => {
      const copy = piece.cloneNode(true);
      for (const node of copy.querySelectorAll(".back")) node.remove();
      return copy.textContent;
    };
    // A text fragment opens the outlet's own page at the passage (WICG Scroll To Text Fragment).
    if (/^https?:/i.test(page.dataset.url || "")) {
      const own = found.map(plain).join(" ");
      const first = own.replace(/\s+/g, " ").trim().split(" ").slice(0, 8).join(" ");
      const there = make("a", "", "Open the page itself at it");
      there.href = page.dataset.url.split("#")[0] + "#:~:text=" + encodeURIComponent(first).replace(/-/g, "%2D");
      there.rel = "noreferrer noopener";
      steps.append(there);
    }
    if (page.dataset.cite && navigator.clipboard) {
      const there = steps.querySelector("a[rel]");
      const own = found.map(plain).join(" ").replace(/\s+/g, " ").trim();
      const cite = [`\u201c${own}\u201d`, page.dataset.cite, there && there.href, `SHA-256 ${page.dataset.sha256}`];
      const copy = make("button", "", "Copy as a citation");
      copy.type = "button";
      copy.addEventListener("click", () => {
        navigator.clipboard.writeText(cite.filter(Boolean).join(" \u00b7 ")).then(
          () => { copy.textContent = "Copied"; },
          () => { copy.textContent = "The browser does not let it be copied"; },
        );
      });
      steps.append(copy);
    }
    body.replaceChildren(
      make("p", "headline", words(page.querySelector("h4"))),
      make("p", "by", words(page.querySelector(".by"))),
      box,
      steps,
    );
    if (page.lang) box.lang = page.lang;
    panel.hidden = false;
    body.scrollTop = 0;
    const on = box.querySelector(".on");
    if (on) on.scrollIntoView({ block: "center", behavior: "instant" });
    title.focus({ preventScroll: true });
    return true;
  };

  const light = (id) => {
    for (const node of document.querySelectorAll(".text mark.on")) node.classList.remove("on");
    for (const piece of pieces(id)) piece.classList.add("on");
  };
  const arrived = () => {
    const id = location.hash.slice(1);
    if (!/^s[0-9]+e[0-9]+$/.test(id)) return;
    light(id);
  };
  addEventListener("hashchange", arrived);
  arrived();

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const mark = target && target.closest("a.n, a.cell");
    if (mark) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      if (show(mark.hash.slice(1), mark)) event.preventDefault();
      return;
    }
    if (target && !target.closest("#panel")) close(false);
  });
  document.getElementById("panel-close").addEventListener("click", () => close(true));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
  });

  // A link into something folded, or that the filter of claims hides, opens it first.
  const unfold = () => {
    const at = location.hash && document.getElementById(location.hash.slice(1));
    if (!at) return;
    const folded = [];
    for (let node = at; node; node = node.parentElement) {
      if (node instanceof HTMLDetailsElement && !node.open) folded.push(node);
    }
    for (const node of folded) node.open = true;
    const hidden = at.getClientRects().length === 0;
    const all = hidden && at.closest(".part")?.querySelector('.filter input[value="all"]');
    if (all) all.checked = true;
    if (folded.length || all) at.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
  addEventListener("beforeprint", () => {
    for (const node of document.querySelectorAll("details.names, details.lone, .copy details, .alone details")) node.open = true;
  });

  // An outlet's name in the grid of claims puts what it has before what it lacks, and back.
  const place = { has: 0, close: 1, lack: 2, open: 3 };
  for (const grid of document.querySelectorAll("table.grid")) {
    const heads = [...grid.tHead.rows[0].cells].slice(1);
    const bodies = [...grid.tBodies].map((body) => [body, [...body.rows].slice(1)]);
    heads.forEach((head, at) => {
      const name = head.firstElementChild;
      const button = make("button", "sort", words(name));
      button.type = "button";
      button.title = "What this outlet has first";
      name.replaceChildren(button);
      button.addEventListener("click", () => {
        const sorted = head.getAttribute("aria-sort") !== "descending";
        heads.forEach((one) => one.removeAttribute("aria-sort"));
        if (sorted) head.setAttribute("aria-sort", "descending");
        const rank = (row) => place[row.cells[at + 1].classList[0]];
        for (const [body, rows] of bodies) {
          body.append(...(sorted ? [...rows].sort((a, b) => rank(a) - rank(b)) : rows));
        }
      });
    });
  }
})();
