// In: a browser and a store with the samples. Out: checks of how a reader finds words in a story and across stories, sees
// who said what, reads an article with its margin, sees who has whose text, and takes a story along on paper: by mouse, by
// keyboard, without script, on a phone and in the dark.

import { inSight } from "./browser.mjs";
import { must, none } from "./checks.mjs";
import { STORY } from "./journeys.mjs";

/** The width of a small phone. */
export const PHONE = 360;
/** Letters smaller than this are hard to read. */
const SMALL = 12;

async function story(page) {
  await page.goto("/");
  await page.getByRole("link", { name: STORY }).click();
  await page.waitForURL("**/stories/*");
  return page.url();
}

const told = (page) => page.locator("#sifted").innerText();
const THINGS = ".grid tbody tr:not(.group), .alone li, article.quote, article.dispute, .timeline > li";

export async function finding(checks, browser) {
  const check = (name, run) => checks.check(`finding: ${name}`, run);
  await withScript(check, browser);
  await withoutScript(check, browser);
  await onPaper(check, browser);
}

async function withScript(check, browser) {
  const context = await browser.reader();
  const page = await context.newPage();

  await check("words are found in a story as they are typed, and Enter finds the same", async () => {
    for (const words of ["rope", "cable car", '"cable car" fell', "egger", "res*"]) {
      await story(page);
      await page.keyboard.press("f");
      await page.keyboard.type(words);
      await page.waitForFunction(() => document.getElementById("sifted").textContent !== "");
      const typed = await told(page);
      must(/Claims [1-9]/.test(typed) || /Quotes [1-9]/.test(typed), `“${words}”: ${typed}`);
      const all = await page.locator(THINGS).evaluateAll((nodes) => nodes.filter((node) => !node.hidden).length);
      const said = [...typed.matchAll(/(\d+) of/g)].reduce((sum, [, found]) => sum + Number(found), 0);
      must(all === said, `“${words}”: ${all} stay, it says ${typed}`);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/stories/*?find=*");
      must((await told(page)) === typed, `“${words}”: typed it says ${typed}, the server says ${await told(page)}`);
    }
  });

  await check("what is found is seen, what is not is gone, and all comes back", async () => {
    const at = await story(page);
    await page.goto(`${at}?find=rope`);
    const shown = page.locator(THINGS).locator("visible=true");
    must((await shown.count()) > 0, "nothing is seen");
    must(await page.locator("#s1brief").isHidden(), "what was not looked through is still there");
    await page.getByRole("searchbox", { name: "Find in this story" }).fill("zyzzyva");
    await page.getByText("No claim, quote, dispute or date of this story has all these words.").waitFor();
    must((await shown.count()) === 0, "something stays");
    await page.getByRole("link", { name: "Show everything" }).click();
    await page.waitForURL((url) => !url.search);
    must(await page.locator("#s1brief").isVisible(), "the brief does not come back");
  });

  await check("claims are found across stories, and each leads to its claim", async () => {
    await page.goto("/search?q=rope");
    await page.getByRole("radio", { name: "Claims" }).check();
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL("**/search?*of=claims*");
    must(await page.getByRole("radio", { name: "Claims" }).isChecked(), "the form forgot what is searched");
    const hits = page.locator(".things > li");
    must((await hits.count()) > 1, "too few are found");
    for (const hit of await hits.all()) must((await hit.locator("mark").count()) > 0, "a hit shows no word");
    must((await hits.first().locator(".badge").count()) === 1, "no verdict is shown");
    await hits.first().getByRole("link", { name: "the claim in its story" }).click();
    await page.waitForURL("**/stories/*#s1c*");
    must(await inSight(page.locator(":target .words").first()), "the claim is out of sight");
  });

  await check("quotes are found across stories with who said them", async () => {
    await page.goto("/search?q=rope&of=quotes");
    const hit = page.locator(".things > li").first();
    must((await hit.count()) === 1, "none is found");
    await hit.getByRole("link", { name: "the quote in its story" }).click();
    await page.waitForURL("**/stories/*#s1q*");
    must(await inSight(page.locator(":target .words").first()), "the quote is out of sight");
    await page.goto("/search?q=zyzzyva&of=quotes");
    must((await page.getByText("No quote has all these words in one passage.").count()) === 1, "it does not say that none has");
  });

  await check("quotes stand by speaker, in order of time", async () => {
    await story(page);
    const groups = await page.locator("#s1quotes .speaker").evaluateAll((nodes) =>
      nodes.map((node) => [node.querySelector("h4")?.textContent.trim() ?? "", [...node.querySelectorAll("article.quote .when")].map((when) => when.textContent.slice(0, 10))]),
    );
    const names = groups.map(([name]) => name).filter(Boolean);
    must(names.length > 2 && new Set(names).size === names.length, `the speakers are ${names.join(" | ")}`);
    none(groups.filter(([, times]) => times.join() !== [...times].sort().join()).map(([name]) => name), "speakers out of order");
    const nobody = groups.findIndex(([name]) => !name);
    must(nobody === -1 || nobody === groups.length - 1, "what is given to nobody is not the last");
  });

  await check("a bar in the margin is reached by keyboard and leads to the claim or to asking", async () => {
    await story(page);
    await page.locator("#pages li a").first().click();
    await page.waitForURL("**/articles/*");
    const article = page.url();
    const bars = page.locator(".text svg.bars a");
    const legend = await page.locator("ul.margin b").allInnerTexts();
    must((await bars.count()) > 3, "there are too few bars");
    must(legend.reduce((sum, one) => sum + Number(one), 0) === (await bars.count()), `the legend counts ${legend.join(", ")}`);
    for (const [kind, to] of [["^(Corroborated|Disputed|Only here|Single origin): claim", "**/stories/*#s1c*"], ["^In no claim", "**/ask?q=*"]]) {
      await page.goto(article);
      const bar = page.getByRole("link", { name: new RegExp(kind) }).first();
      if ((await bar.count()) === 0) continue;
      const { width, height } = await bar.boundingBox();
      must(width >= 23 && height >= 20, `a bar is ${width} by ${height}`);
      await bar.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(to);
    }
  });

  await check("bars differ without colour", async () => {
    const looks = await page.evaluate(() => {
      const kinds = ["corroborated", "single", "disputed", "only", "none"];
      document.body.insertAdjacentHTML("beforeend", `<svg class="bars">${kinds.map((kind) => `<line class="bar v-${kind}"></line>`).join("")}</svg>`);
      return [...document.querySelectorAll("body > svg.bars line")].map((node) => {
        const { strokeDasharray, strokeWidth, strokeLinecap } = getComputedStyle(node);
        return `${strokeDasharray} ${strokeWidth} ${strokeLinecap}`;
      });
    });
    must(new Set(looks).size === looks.length, `they look like ${looks.join(" | ")}`);
  });

  await check("who has whose text is a picture with hours where there is room", async () => {
    await story(page);
    must(await page.locator("svg.lineage").isVisible(), "there is no picture");
    must(await page.locator("ul.lineage").isHidden(), "the list is shown too");
    must((await page.locator("svg.lineage .clock").first().textContent()).length >= 5, "no hour is shown");
    none(await small(page, "svg.lineage text"), "words too small");
  });
  await context.close();

  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.reader({ viewport: { width: PHONE, height: 740 }, colorScheme });
    const page = await context.newPage();
    await check(`on a phone, ${colorScheme}, the picture is a list and all can be read`, async () => {
      await story(page);
      must(await page.locator("svg.lineage").isHidden(), "the picture is shown");
      must((await page.locator("ul.lineage > li").count()) > 0, "there is no list");
      none(await small(page, "ul.lineage *"), "words too small");
      const field = page.getByRole("searchbox", { name: "Find in this story" });
      await field.fill("rope");
      await page.waitForFunction(() => document.getElementById("sifted").textContent !== "");
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      must(width <= PHONE, `the page is ${width} pixels wide`);
      await page.goto(new URL(await page.locator("#pages li a").first().getAttribute("href"), browser.origin).href);
      const bar = await page.locator(".text svg.bars a").first().boundingBox();
      must(bar.x >= 0 && bar.width >= 23, "the margin is cut");
    });
    await context.close();
  }
}

/** Elements whose letters are shown smaller than can be read. Text in pictures is scaled with them. */
function small(page, choice) {
  return page.locator(choice).evaluateAll((nodes, least) => nodes.flatMap((node) => {
    const box = node.getBoundingClientRect();
    if (!box.height || !node.textContent.trim()) return [];
    const scale = node.getScreenCTM ? node.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(node).fontSize) * scale;
    return size < least - 0.01 ? [`${size} pixels: ${node.textContent.slice(0, 40)}`] : [];
  }), SMALL);
}

async function withoutScript(check, browser) {
  const context = await browser.reader({ javaScriptEnabled: false });
  const page = await context.newPage();
  await check("without script words are found in a story", async () => {
    await story(page);
    const all = await page.locator(THINGS).count();
    await page.getByRole("searchbox", { name: "Find in this story" }).fill("rope");
    await page.getByRole("button", { name: "Find" }).click();
    await page.waitForURL("**/stories/*?find=rope");
    const hidden = await page.locator(THINGS).and(page.locator("[hidden]")).count();
    const said = [...(await told(page)).matchAll(/(\d+) of (\d+)/g)].reduce((sum, [, found, of]) => sum + Number(of) - Number(found), 0);
    must(hidden > 0 && hidden < all && hidden === said, `${hidden} of ${all} are hidden, it says ${await told(page)}`);
  });
  await context.close();
}

/** What is read of a print: its pages, and what is for the screen alone. */
async function onPaper(check, browser) {
  const context = await browser.reader({ colorScheme: "dark" });
  const page = await context.newPage();
  await check("a story is a handout on paper", async () => {
    await story(page);
    await page.getByRole("link", { name: /^A handout to print/ }).click();
    await page.waitForURL("**/stories/*?paper");
    await page.emulateMedia({ media: "print" });
    must((await page.locator("button, input, nav").count()) === 0, "there is something to press");
    must(await page.getByRole("link", { name: "To the story" }).isHidden(), "the way back is printed");
    must((await page.locator("ol.sources > li").count()) > 3, "the sources are missing");
    must((await page.locator("ol.sources > li br").count()) > 3, "no address is written out");
    must((await page.locator("article.dispute").count()) > 0, "the disputes are missing");
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    const sheets = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
    must(sheets >= 1 && sheets <= 3, `it takes ${sheets} sheets`);
  });
  await context.close();
}
