// In: a browser and a store that also holds records that want to do harm. Out: checks that on every page that
// links lead to, in a window as narrow as a telephone, their words are words and nothing else.

import { must, none } from "./checks.mjs";
import { TURNS, WORDS } from "./evil.mjs";

/** More pages than these means that addresses grow without end. */
const MOST = 300;
const PAYLOAD = "</title><script>window.pwned=1;alert(1)</script>";

export async function hostile(checks, browser) {
  const context = await browser.reader({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const check = (name, run) => checks.check(`hostile: ${name}`, run);

  const pages = await visitAll(page, browser.origin);
  const of = (what) => pages.flatMap((seen) => (seen[what] ?? []).map((wrong) => `${seen.path}: ${wrong}`));

  await check("there are pages of every kind, all of them answer", async () => {
    for (const kind of ["/stories/", "/articles/", "/names/", "/outlets/", "/compare?", "/search?"]) {
      must(pages.some((seen) => seen.path.startsWith(kind)), `no page was found at ${kind}`);
    }
    must(pages.length < MOST, "there is no end of pages");
    none(pages.filter((seen) => seen.status !== 200).map((seen) => `${seen.status} ${seen.path}`), "pages do not answer");
  });
  await check("the records' words are shown as words", async () => {
    const shown = pages.filter((seen) => seen.headline.includes(PAYLOAD));
    must(shown.some((seen) => seen.path.startsWith("/stories/")), "no story shows its headline to the letter");
    must(shown.some((seen) => seen.path.startsWith("/articles/")), "no article shows its headline to the letter");
    const cut = shown.filter((seen) => !seen.title.includes(seen.headline));
    none(cut.map((seen) => `${seen.path}: ${seen.title}`), "titles say something else");
  });
  await check("no word became a script, a frame, a style, an event's handler or a global", async () => none(of("markup"), "are there"));
  await check("links lead to the web alone and say nothing of the reader", async () => none(of("links"), "do not"));
  await check("links within a page lead somewhere, and ids are there once", async () => none(of("anchors"), "do not"));
  await check("no mark that turns the reading direction around is left", async () => none(of("turns"), "are left"));
  await check("no page is wider than a telephone", async () => none(of("wide"), "pages are wider"));
  await check("an article opens whose id is two dots", async () => {
    await page.goto("/search?q=Thimblewick");
    await page.locator("ol.hits h2 a").click();
    await page.waitForLoadState();
    const heading = page.locator("article.page h4");
    must((await heading.count()) === 1, `the link leads to ${page.url()}`);
    must((await heading.innerText()).includes("Thimblewick"), "it is another article");
  });
  await check("hostile passages open in the side panel", async () => {
    await page.goto(pages.find((seen) => seen.path.startsWith("/stories/") && seen.headline.includes(PAYLOAD)).path);
    const panel = page.getByRole("dialog");
    const marks = await page.locator("a.n, a.cell").locator("visible=true").all();
    must(marks.length > 5, `there are only ${marks.length} marks`);
    for (const mark of marks) {
      await mark.evaluate((node) => node.click());
      must(await panel.isVisible(), `${await mark.getAttribute("href")} opens nothing`);
      await page.keyboard.press("Escape");
    }
    none((await page.evaluate(inspect, TURNS.source)).markup, "came with the panel");
  });
  await context.close();
}

/** Pages of one kind that are gone to: names and lasting links are many. */
const OF_A_KIND = 24;

/** Goes to the pages that links lead to, so many of each kind. */
async function visitAll(page, origin) {
  const kinds = new Map();
  const asked = (words) => [`/search?q=${encodeURIComponent(words)}`, `/ask?q=${encodeURIComponent(words)}`];
  const open = ["/", ...WORDS.flatMap(asked)];
  const known = new Set(open);
  const pages = [];
  while (open.length > 0 && pages.length < MOST) {
    const path = open.shift();
    const answer = await page.goto(path);
    const seen = await page.evaluate(inspect, TURNS.source);
    pages.push({ path, status: answer.status(), ...seen });
    for (const href of seen.hrefs) {
      const url = new URL(href);
      const next = url.pathname + url.search;
      if (url.origin !== origin || /^\/(feeds|cite)\//.test(url.pathname) || known.has(next)) continue;
      known.add(next);
      const kind = url.pathname.split("/").map((part, at) => (at === 1 ? part : "*")).join("/");
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (kinds.get(kind) <= OF_A_KIND) open.push(next);
    }
  }
  return pages;
}

/** What is wrong with the page. Runs in it. */
function inspect(turns) {
  const all = [...document.querySelectorAll("*")];
  const name = (node) => node.outerHTML.slice(0, 160).replaceAll("\n", " ");
  const markup = [];
  for (const node of all) {
    const kind = node.localName;
    const own = kind === "script" && /^\/assets\/page\.js\?v=[0-9a-f]{16}$/.test(node.getAttribute("src")) && !node.textContent;
    const tame = !["script", "style", "iframe", "object", "embed", "base", "img"].includes(kind);
    const refresh = kind === "meta" && node.httpEquiv !== "";
    const handler = [...node.attributes].some((one) => /^on|^style$|^srcdoc$|^autofocus$/i.test(one.name));
    if ((!own && !tame) || refresh || handler) markup.push(name(node));
  }
  if (window.pwned !== undefined) markup.push("window.pwned is set");

  const anchors = [...document.querySelectorAll("a[href], form[action], [formaction]")];
  const links = [];
  const hrefs = [];
  for (const node of anchors) {
    // A link of a picture has no plain address.
    const href = node.href?.baseVal ?? node.href ?? node.action;
    const url = new URL(href, location.href);
    // The one for the bookmarks bar, as our own script writes it.
    const bookmark = `javascript:location.href="${location.origin}/add?address="+encodeURIComponent(location.href)`;
    if (node.matches("[data-bookmark]") && node.getAttribute("href") === bookmark) continue;
    if (!["http:", "https:"].includes(url.protocol)) links.push(name(node));
    else if (url.origin === location.origin) {
      if (node.localName === "a") hrefs.push(url.href);
    } else if (!/noreferrer/.test(node.rel) || !/noopener/.test(node.rel)) links.push(name(node));
  }

  const ids = all.map((node) => node.id).filter(Boolean);
  const twice = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  const lost = [...document.querySelectorAll('a[href^="#"]')].filter((node) => !document.getElementById(node.hash.slice(1)));

  const turn = new RegExp(turns, "u");
  const told = (node) => [...node.attributes].filter((one) => !["href", "id"].includes(one.name)).map((one) => one.value);
  const turned = all.flatMap(told).concat(document.documentElement.textContent).filter((text) => turn.test(text));

  // What reaches out is named; boxes that scroll by themselves may hold more than the window is wide.
  const wide = [];
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) {
    const scrolls = (node) => node !== null && (getComputedStyle(node).overflowX !== "visible" || scrolls(node.parentElement));
    const out = all.filter((node) => {
      const { left, right } = node.getBoundingClientRect();
      return Math.max(right, left + node.scrollWidth) > innerWidth + 1 && !scrolls(node);
    });
    const last = out.filter((node) => !out.some((other) => other !== node && node.contains(other)));
    wide.push([`${width} pixels in ${innerWidth}, by:`, ...last.slice(0, 4).map(name)].join("\n  "));
  }
  return {
    markup,
    links,
    hrefs,
    anchors: [...twice.map((id) => `id ${id} twice`), ...lost.map((node) => `${node.hash} leads nowhere`)],
    turns: turned.map((text) => text.slice(0, 80)),
    wide,
    title: document.title,
    headline: document.querySelector("main h1, main h2, main h4")?.textContent ?? "",
  };
}
