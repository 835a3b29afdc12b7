// In: a browser and a store with the samples. Out: checks of each kind of page, wide and narrow, light and
// dark: the rules of WCAG 2 A and AA that axe can check, no scrolling sideways, a print; and pictures.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { must, none } from "./checks.mjs";
import { PHONE } from "./finding.mjs";
import { STORY } from "./journeys.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [1280, PHONE];
const SCHEMES = ["light", "dark"];

export async function access(checks, browser, shots) {
  const pages = await kinds(browser);
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      // Axe is put into the page, which the pages' content policy forbids, as it should.
      const context = await browser.reader({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      for (const [kind, path] of pages) {
        await page.goto(path);
        await checks.check(`access: ${kind}, ${colorScheme}, ${width} pixels`, () => axe(page));
      }
      await context.close();
    }
  }
  for (const width of WIDTHS) {
    const context = await browser.reader({ viewport: { width, height: 844 } });
    const page = await context.newPage();
    for (const [kind, path] of pages) {
      await page.goto(path);
      await checks.check(`width: ${kind} does not scroll sideways at ${width} pixels`, async () => {
        const all = await page.evaluate(() => document.documentElement.scrollWidth);
        must(all <= width, `it is ${all} pixels wide`);
      });
      if (shots) await page.screenshot({ path: join(shots, `${name(kind)}-${width}.png`), fullPage: true });
    }
    await context.close();
  }
  await print(checks, browser, pages);
  if (shots) await inTheDark(browser, pages, shots);
}

const name = (kind) => kind.replaceAll(" ", "-");

/** A page of each kind, found by its links; one state that a reader makes too: the side panel open. */
async function kinds(browser) {
  const context = await browser.reader();
  const page = await context.newPage();
  const to = async (link) => new URL(await link.first().getAttribute("href"), browser.origin).href;
  await page.goto("/");
  const story = await to(page.getByRole("link", { name: STORY }));
  await page.goto(story);
  const article = await to(page.locator("#pages li a"));
  const compare = await to(page.getByRole("link", { name: "side by side" }));
  const person = await to(page.locator("#elsewhere a"));
  const mark = await to(page.getByRole("link", { name: /^Decide or note/ }));
  await page.goto(article);
  const outlet = await to(page.locator("nav.where a"));
  await context.close();
  return [
    ["front", `${browser.origin}/`],
    ["front without stories", `${browser.origin}/?outlet=nobody`],
    ["story", story],
    ["story with words", `${story}?find=rope`],
    ["story without the words", `${story}?find=zyzzyva`],
    ["handout", `${story}?paper`],
    ["article", article],
    ["compare", compare],
    ["search", `${browser.origin}/search?q=rope`],
    ["search without hits", `${browser.origin}/search?q=zyzzyva`],
    ["search for claims", `${browser.origin}/search?q=rope&of=claims`],
    ["search for quotes", `${browser.origin}/search?q=rope&of=quotes`],
    ["ask", `${browser.origin}/ask`],
    ["answer", `${browser.origin}/ask?q=The+cable+car+fell+on+Saturday`],
    ["answer to nothing known", `${browser.origin}/ask?q=A+zebra+won+the+race+in+Timbuktu`],
    ["saved searches", `${browser.origin}/searches`],
    ["decide", mark],
    ["add", `${browser.origin}/add`],
    ["watched", `${browser.origin}/watch`],
    ["help", `${browser.origin}/help`],
    ["name", person],
    ["outlet", outlet],
  ];
}

/** Throws what axe finds, with everything unfolded and, where there is one, a passage shown beside the text. */
async function axe(page) {
  const wrong = new Map();
  const look = async (parts) => {
    const { found, held } = await page.evaluate(async (parts) => {
      const only = { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa"] }, resultTypes: ["violations"] };
      const { violations, passes } = await window.axe.run({ include: parts }, only);
      const found = violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes.map(({ target, html, any, all, none }) => ({
          target: target.join(" "),
          html: html.slice(0, 200),
          why: [...any, ...all, ...none].map((one) => one.message).join("; "),
        })),
      }));
      return { found, held: passes.map(({ id }) => id) };
    }, parts);
    // Rules that had nothing to look at are no proof.
    must(held.includes("color-contrast") || found.length > 0, `axe looked at too little: ${held.join(", ")}`);
    for (const { id, impact, nodes } of found) {
      for (const { target, html, why } of nodes) wrong.set(`${id} ${target}`, `${id} (${impact}) at ${target}: ${why}\n  ${html}`);
    }
  };
  await page.evaluate(() => {
    for (const node of document.querySelectorAll("details")) node.open = true;
  });
  await page.evaluate(AXE);
  await look(["html"]);
  const mark = page.locator("a.n").locator("visible=true");
  if ((await mark.count()) > 0) {
    await mark.first().click();
    await look(["#panel", "[aria-current]"]);
  }
  none([...wrong.values()], "violations");
}

/** A print has the words and not what is only for the screen. */
async function print(checks, browser, pages) {
  const context = await browser.reader();
  const page = await context.newPage();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const [kind, path] of pages) {
    await checks.check(`print: ${kind}`, async () => {
      await page.goto(path);
      const screen = page.locator("#theme, .find, .filters, .layers, .filter, .contents, .sift").locator("visible=true");
      must((await screen.count()) === 0, "what is only for the screen is printed");
      must(await page.locator("main h1, main h2, main h4").first().isVisible(), "no headline is printed");
      const ink = await page.evaluate(() => getComputedStyle(document.body).color.match(/\d+/g).map(Number));
      must(Math.max(...ink) < 100, `the ink is ${ink}`);
      for (const grid of await page.locator("table.grid").all()) {
        const [head, turned, cut] = await grid.evaluate((table) => [
          getComputedStyle(table.tHead).display,
          [...table.tHead.querySelectorAll("span")].some((name) => getComputedStyle(name).transform !== "none"),
          table.scrollWidth > table.parentElement.clientWidth + 1,
        ]);
        must(head === "table-header-group" && !turned, "the names of the outlets are not repeated on each sheet");
        must(!cut, "the grid is wider than the sheet");
      }
      const pdf = await page.pdf();
      must(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 4_000, "there is no print");
    });
  }
  await context.close();
}

/** Pictures of what the other pictures do not show: dark pages, and a passage beside the text. */
async function inTheDark(browser, pages, shots) {
  const context = await browser.reader({ colorScheme: "dark" });
  const page = await context.newPage();
  for (const [kind, path] of pages) {
    await page.goto(path);
    await page.screenshot({ path: join(shots, `${name(kind)}-dark.png`) });
    if (kind !== "story") continue;
    await page.locator("a.n").first().click();
    await page.screenshot({ path: join(shots, "panel-dark.png") });
  }
  await context.close();
}
