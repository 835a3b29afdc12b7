// In: a browser and a store with the samples. Out: checks of what a reader does, from page to page, by what
// the reader sees: roles, words, what is visible, where the focus is.

import { CLEAR, background, inSight } from "./browser.mjs";
import { must, none } from "./checks.mjs";
import { TOKEN } from "./program.mjs";

/** The sample story that has disputes, claims of every verdict, quotes and copies. */
export const STORY = "At least nine dead as cable car falls on Mount Ordin";
/** A person of that story who is named in another story too. */
const PERSON = "Rosmarie Egger";

/** What a reader hears or reads of a passage: its words without the numbers behind them. */
const words = (locator) =>
  locator.evaluate((node) => {
    const copy = node.cloneNode(true);
    for (const back of copy.querySelectorAll(".back")) back.remove();
    return copy.textContent.trim();
  });

const title = (page) => page.locator("main h1, main h2").first().innerText();

/** Opens the story from the front page. */
async function open(page) {
  await page.goto("/");
  await page.getByRole("link", { name: STORY }).click();
  await page.waitForURL("**/stories/*");
}

export async function journeys(checks, browser) {
  const context = await browser.reader();
  const page = await context.newPage();
  const check = (name, run) => checks.check(`reader: ${name}`, run);

  await check("the front page lists the stories", async () => {
    await page.goto("/");
    const cards = await page.locator("ol.cards > li h2 a").allInnerTexts();
    must(cards.includes(STORY), `the story is missing: ${cards.join(" | ")}`);
    const said = /\b(\d+) stories/.exec(await page.locator("main .note").first().innerText());
    must(Number(said?.[1]) === cards.length, `${cards.length} are listed of ${said?.[1]}`);
  });

  await check("a story opens from the front page", async () => {
    await open(page);
    must((await title(page)) === STORY, `the headline is “${await title(page)}”`);
    must((await page.title()).startsWith(STORY), `the window's title is “${await page.title()}”`);
  });

  await check("the sections' links lead to their sections", async () => {
    const wrong = [];
    for (const link of await page.locator("nav.contents a").all()) {
      await link.click();
      const heading = page.locator(":target h3").first();
      if (!(await inSight(heading))) wrong.push(await link.innerText());
    }
    none(wrong, "sections out of sight");
  });

  await check("the claim filter shows the chosen rows alone", async () => {
    await open(page);
    const choices = page.locator(".filter label");
    const rows = page.locator(".grid tbody tr:not(.group), .alone li");
    await page.evaluate(() => document.querySelectorAll(".alone details").forEach((node) => (node.open = true)));
    must((await choices.count()) >= 5, "there are too few choices");
    for (const choice of await choices.all()) {
      await choice.locator("span").click();
      const value = await choice.locator("input").inputValue();
      const number = Number(await choice.locator("b").innerText());
      const seen = await rows.locator("visible=true").count();
      must(number > 0 && seen === number, `“${value}” shows ${seen} rows and says ${number}`);
      const others = page.locator(`.grid tbody:not(.${value}) tr, .alone:not(.${value}) li`).locator("visible=true");
      if (value.startsWith("v-")) must((await others.count()) === 0, `“${value}” shows other rows`);
    }
  });

  await check("a dispute is counted once, wherever the page counts it", async () => {
    await open(page);
    const told = await page.locator(".glance .v-disputed dd").innerText();
    const listed = await page.locator("article.dispute").count();
    const linked = await page.locator("nav.contents a", { hasText: "Disputes" }).locator("b").innerText();
    must(Number(told) === listed && Number(linked) === listed, `${told} at a glance, ${linked} in the contents, ${listed} listed`);
  });

  await check("a link to a claim shows it, below the heads, whatever the filter hides", async () => {
    await open(page);
    const story = page.url().split("#")[0];
    const wrong = [];
    const ids = await page.locator(".grid tbody tr[id], .alone li").evaluateAll((rows) => rows.map((row) => row.id));
    must(ids.length > 30, `only ${ids.length} claims`);
    for (const id of [...ids.slice(0, 5), ...ids.slice(-5)]) {
      await page.goto(story);
      await page.locator('.filter input[value="left"] + span').click();
      await page.evaluate((id) => (location.hash = id), id);
      await page.waitForFunction((id) => document.querySelector(`#${id}:target`), id);
      const words = page.locator(`#${id} .words`).first();
      if (!(await inSight(words))) wrong.push(id);
    }
    none(wrong, "claims out of sight");
  });

  await check("the claim filter is worked by keyboard", async () => {
    const all = page.locator('.filter input[value="all"]');
    await all.focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    must(!(await all.isChecked()), "the arrow key chose nothing");
    const ring = await page.locator(".filter input:focus-visible + span").evaluate((node) => getComputedStyle(node).outlineStyle);
    must(ring === "solid", "the focus is not seen");
  });

  const panel = page.getByRole("dialog");
  const mark = page.locator(".brief a.n").first();

  await check("a mark opens its passage in the side panel", async () => {
    await open(page);
    await mark.click();
    await panel.waitFor({ state: "visible" });
    const id = (await mark.getAttribute("href")).slice(1);
    const shown = panel.locator("mark.on").first();
    must((await words(shown)) === (await words(page.locator(`#main #${id}`))), "another passage is shown");
    must(await inSight(shown), "the passage is out of sight in the panel");
    must((await background(shown)) !== CLEAR, "the passage is not marked");
    const outlet = await panel.getByRole("heading").first().innerText();
    must((await mark.getAttribute("aria-label")).startsWith(outlet), `the panel says “${outlet}”`);
    must(await panel.evaluate((node) => node.contains(document.activeElement)), "the focus stayed behind");
  });

  await check("Escape closes the panel and gives the focus back", async () => {
    await page.keyboard.press("Escape");
    must(await panel.isHidden(), "the panel is still there");
    must(await mark.evaluate((node) => node === document.activeElement), "the focus is elsewhere");
    await page.keyboard.press("Enter");
    await panel.waitFor({ state: "visible" });
    await page.getByRole("button", { name: "Close" }).click();
    must(await panel.isHidden(), "the button does not close it");
    must(await mark.evaluate((node) => node === document.activeElement), "the button lost the focus");
  });

  await check("the panel's link leads to the passage in its article", async () => {
    await mark.click();
    const link = panel.getByRole("link", { name: "Open in the article" });
    const hash = await link.getAttribute("href");
    await link.click();
    must(page.url().endsWith(hash), `the address is ${page.url()}`);
    must(await panel.isHidden(), "the panel stays over it");
    const target = page.locator(hash);
    await target.waitFor();
    must(await inSight(target), "the passage is out of sight");
    must((await background(target)) !== CLEAR, "the passage is not marked");
  });

  await check("a mark in the grid of claims opens the panel too", async () => {
    await page.locator(".filter span").first().click();
    await page.locator(".grid a.cell").first().click();
    await panel.waitFor({ state: "visible" });
    await page.locator("main h2").first().click();
    must(await panel.isHidden(), "a click beside it does not close it");
  });

  await check("the switch between light and dark works", async () => {
    const button = page.locator("#theme");
    const paper = () => background(page.locator("body"));
    const light = await paper();
    must((await button.innerText()) === "Dark", `it says “${await button.innerText()}”`);
    await button.click();
    const dark = await paper();
    must(light !== dark, "the background stays");
    must((await button.innerText()) === "Light", "its words stay");
    await button.click();
    must((await paper()) === light, "it does not switch back");
  });

  await check("a sentence is asked about from any page", async () => {
    await page.goto("/");
    await page.getByRole("searchbox").fill("The cabin of the cable car dropped sixty metres");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.waitForURL("**/ask?q=*");
    must((await page.getByRole("heading", { name: /^States it/ }).count()) === 1, "nobody states it");
    const passage = page.locator("ol.hits > li").first();
    must(/metres|meters/i.test(await passage.innerText()), `found is “${await passage.innerText()}”`);
    await passage.getByRole("link").first().click();
    await page.waitForURL("**/articles/*");
    must((await page.getByRole("link", { name: "BibTeX" }).count()) === 1, "the article cannot be cited");
  });

  await check("the search finds a word and marks it", async () => {
    await page.goto("/");
    await page.getByRole("searchbox").fill("rope");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=rope");
    const hits = page.locator("ol.hits > li");
    must((await hits.count()) > 1, "too few are found");
    for (const hit of await hits.all()) {
      const found = hit.locator("mark").first();
      must(/rope/i.test(await found.innerText()), `marked is “${await found.innerText()}”`);
      must((await background(found)) !== CLEAR, "the mark is not seen");
    }
    must((await page.getByRole("searchbox").inputValue()) === "rope", "the field forgot the word");
  });

  await check("a search is kept by who has the token, and let go", async () => {
    await page.goto("/search?q=rope");
    await page.getByText("Keep this search").click();
    const form = page.locator("details.keep form");
    await form.getByLabel("Name").fill("ropes");
    await form.getByLabel("Token").fill(TOKEN);
    await form.getByRole("button", { name: "Keep" }).click();
    await page.waitForURL("**/searches");
    must((await page.getByRole("heading", { name: "ropes" }).count()) === 1, "it is not kept");
    must((await page.locator("ol.hits > li").count()) > 0, "it shows nothing that it finds");
    const own = page.locator("section.part", { has: page.getByRole("heading", { name: "ropes" }) });
    await own.locator("summary").click();
    await own.getByLabel("Token").fill(TOKEN);
    await own.getByRole("button", { name: "Let it go" }).click();
    await page.waitForURL("**/searches");
    must((await page.getByRole("heading", { name: "ropes" }).count()) === 0, "it is still there");
  });

  await check("a reader decides that a passage does not belong, sees it parted, and takes it back", async () => {
    await open(page);
    const row = page.locator(".grid tbody.v-corroborated tr:not(.group)").first();
    const key = await row.getByRole("link", { name: /^Decide or note/ }).getAttribute("href");
    await row.getByRole("link", { name: /^Decide or note/ }).click();
    await page.waitForURL("**/marks/new?*");
    const form = page.locator("form", { has: page.locator("input[value='wrong-match']") });
    await form.getByLabel("Why").fill("it speaks of <another> rope");
    await form.getByLabel("Your name").fill("Anna Reader");
    await form.getByLabel("Token").fill(TOKEN);
    await form.getByRole("button", { name: "Keep" }).click();
    await page.waitForURL("**/stories/*#decided");
    const decided = page.locator("#decided > ol > li").first();
    must((await decided.innerText()).includes("Anna Reader set a passage apart"), "nobody is named");
    must((await decided.innerText()).includes("<another>"), "the reason is not shown as it was written");
    must(!key.includes("<"), "the address is no address");
    await decided.locator("summary").click();
    // What was typed once need not be typed again.
    must((await decided.getByLabel("Your name").inputValue()) === "Anna Reader", "the name is forgotten");
    must((await decided.getByLabel("Token").inputValue()) === TOKEN, "the token is forgotten");
    await decided.getByRole("button", { name: "Take it back" }).click();
    await page.waitForURL("**/stories/*#decided");
    must((await page.locator("#decided li.undone").count()) === 1, "it is not taken back");
  });

  await check("keys lead from claim to claim and to the help", async () => {
    await open(page);
    const at = () => page.evaluate(() => document.activeElement.closest("article, tr, li")?.outerHTML.slice(0, 200) ?? "");
    await page.keyboard.press("j");
    const first = await at();
    await page.keyboard.press("j");
    const second = await at();
    must(first !== "" && second !== "" && first !== second, `the keys lead to “${first}” and “${second}”`);
    await page.keyboard.press("k");
    must((await at()) === first, "the way back leads elsewhere");
    await page.keyboard.press("n");
    must(await page.evaluate(() => document.activeElement.matches("a.n, a.cell, a.k")), "no passage is reached");
    await page.keyboard.press("?");
    await page.waitForURL("**/help#keys");
    must(await inSight(page.locator("#keys h2")), "the keys are out of sight");
  });

  await check("words that are selected in an article are asked about", async () => {
    await open(page);
    await page.locator("#pages li a").first().click();
    await page.waitForURL("**/articles/*");
    const words = await page.evaluate(() => {
      const text = [...document.querySelectorAll("article.page p")].find((one) => one.textContent.trim().length > 60);
      document.getSelection().selectAllChildren(text);
      return text.textContent.slice(0, 20);
    });
    await page.getByRole("link", { name: "Who else says this?", exact: true }).click();
    await page.waitForURL("**/ask?q=*");
    const asked = await page.getByRole("searchbox").inputValue();
    must(asked.length > 10, `asked is “${asked}”, selected was “${words}”`);
    must(!/[a-z][cqd]\d+\b/.test(asked), `a number behind a passage is asked too: “${asked}”`);
    await page.goBack();
  });

  await check("pages are added by text and by file, and what came of them is told", async () => {
    await page.goto("/add?address=" + encodeURIComponent("https://quell.example/mill"));
    must((await page.getByLabel(/^Addresses/).inputValue()).includes("quell.example"), "the address is lost");
    must((await page.getByRole("link", { name: "Add to Crossread" }).getAttribute("href")).startsWith("javascript:"), "no bookmark");
    await page.getByLabel(/^Files/).setInputFiles({
      name: "mill.html",
      mimeType: "text/html",
      buffer: Buffer.from("<!doctype html><title>A mill at Quell fell</title><article><h1>A mill at Quell fell</h1><p>A mill at Quell fell into the sea on Sunday, Ada Lorne said. Nobody was inside the old mill when its walls gave way.</p></article>"),
    });
    await page.getByLabel("Token").fill(TOKEN);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.waitForURL("**/add/*");
    await page.getByRole("heading", { name: "What came of it" }).waitFor();
    await page.getByRole("link", { name: "A mill at Quell fell" }).click();
    await page.waitForURL("**/articles/*");
    must((await page.title()).startsWith("A mill at Quell fell"), `the page is of “${await page.title()}”`);
  });

  await check("what is watched is set up in the page, and let go", async () => {
    await page.goto("/watch");
    await page.getByLabel(/^Address of a feed/).fill("https://orl.example/feed");
    await page.locator("form").filter({ has: page.getByLabel(/^Address of a feed/) }).getByLabel("Token").fill(TOKEN);
    await page.getByRole("button", { name: "Watch it" }).click();
    await page.waitForURL("**/watch");
    const row = page.locator("ul.decided > li", { hasText: "https://orl.example/feed" });
    await row.locator("summary").click();
    await row.getByLabel("Token").fill(TOKEN);
    await row.getByRole("button", { name: "Let it go" }).click();
    await page.waitForURL("**/watch");
    must((await row.count()) === 0, "it is still there");
  });

  await check("the front page is narrowed to a person, and a search leads to one", async () => {
    await page.goto("/");
    const all = await page.locator("ol.cards > li").count();
    await page.getByLabel("Person, organisation or place").fill(PERSON.toLowerCase());
    await page.getByRole("button", { name: "Show" }).click();
    const some = await page.locator("ol.cards > li").count();
    must(some > 1 && some < all, `${some} of ${all} stories name ${PERSON}`);
    await page.goto(`/search?q=${encodeURIComponent(PERSON)}`);
    await page.getByRole("list", { name: "Names" }).getByRole("link", { name: PERSON, exact: true }).click();
    await page.waitForURL("**/names/*");
    must((await title(page)) === PERSON, `the page is of “${await title(page)}”`);
    await page.goto("/search?q=rope");
  });

  await check("an article opens from the search, and its layers switch its marks", async () => {
    await page.locator("ol.hits > li", { hasText: STORY }).locator("h2 a").click();
    await page.waitForURL("**/articles/*");
    let layers = 0;
    for (const label of await page.locator(".layers label").all()) {
      const kind = await label.locator("input").inputValue();
      const mark = page.locator(`.text .k-${kind}`).first();
      if ((await mark.count()) === 0) continue;
      layers += 1;
      const look = () => mark.evaluate((node) => {
        const { backgroundColor, textDecorationLine } = getComputedStyle(node);
        return `${backgroundColor} ${textDecorationLine}`;
      });
      const on = await look();
      must(on !== `${CLEAR} none`, `${kind} is not seen`);
      await label.click();
      must((await look()) === `${CLEAR} none`, `${kind} stays: ${await look()}`);
      await label.click();
      must((await look()) === on, `${kind} does not come back`);
    }
    must(layers >= 4, `only ${layers} layers have marks`);
  });

  await check("in an article, marks lead to what its story says of them", async () => {
    const article = page.url();
    const links = page.locator(".text a.back");
    const kinds = new Set(await links.evaluateAll((all) => all.map((link) => link.hash.replace(/^#s1([a-z]+).*/, "$1"))));
    must(kinds.has("c") && kinds.has("q"), `they lead to ${[...kinds].join(", ")}`);
    for (const kind of kinds) {
      await page.goto(article);
      const link = page.locator(`.text a.back[href*="#s1${kind}"]`).first();
      const hash = (await link.getAttribute("href")).split("#")[1];
      await link.click();
      await page.waitForURL(`**/stories/*#${hash}`);
      must(await inSight(page.locator(`#${hash} :is(.words, h4)`).first()), `${hash} is out of sight`);
    }
    await page.goto(article);
  });

  await check("an outlet's page opens from its article", async () => {
    const link = page.locator("nav.where a").first();
    const name = await link.innerText();
    await link.click();
    await page.waitForURL("**/outlets/*");
    must((await title(page)) === name, `the headline is “${await title(page)}”`);
    must((await page.locator("ol.cards a", { hasText: STORY }).count()) === 1, "its story is missing");
    await page.getByRole("link", { name: "All its stories" }).click();
    await page.waitForURL("**/?outlet=*");
    must((await page.locator("ol.cards a", { hasText: STORY }).count()) === 1, "its story is not among all");
  });

  await check("a name's page opens from its story, with what was said", async () => {
    await open(page);
    await page.locator("#names, [id$=names]").getByRole("link", { name: PERSON }).click();
    await page.waitForURL("**/names/*");
    must((await title(page)) === PERSON, `the headline is “${await title(page)}”`);
    must((await page.locator("ol.cards > li").count()) === 2, "not both stories are listed");
    must((await page.locator("blockquote").count()) > 0, "nothing was said");
  });

  await check("side by side, a passage's number leads to the same passage", async () => {
    await open(page);
    await page.getByRole("link", { name: / side by side$/ }).first().click();
    await page.waitForURL("**/compare?*");
    const link = page.locator(".pair a.back").first();
    const here = link.locator("xpath=ancestor::mark[1]");
    const hash = await link.getAttribute("href");
    must(!hash.startsWith(`#${(await here.getAttribute("id")).split("e")[0]}e`), "it leads into the same article");
    await link.click();
    must(page.url().endsWith(hash), `the address is ${page.url()}`);
    must(await inSight(page.locator(hash)), "the passage is out of sight");
  });

  await check("in every pair of a story, a number leads to the same words", async () => {
    const wrong = [];
    let pairs = 0;
    const ask = async (path) => (await context.request.get(`/api/v1/stories${path}`)).json();
    for (const { id } of (await ask("")).stories) {
      const { articles } = await ask(`/${encodeURIComponent(id)}`);
      for (const [a, b] of articles.flatMap((a, i) => articles.slice(i + 1).map((b) => [a, b]))) {
        const address = `/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`;
        await page.goto(address);
        pairs += 1;
        wrong.push(...(await page.evaluate(sameWords)).map((what) => `${address}: ${what}`));
      }
    }
    must(pairs > 10, `only ${pairs} pairs`);
    none(wrong, "passages that are not the same");
  });

  await check("“/” puts the focus into the search field", async () => {
    await page.goto("/");
    await page.keyboard.press("/");
    const field = page.getByRole("searchbox");
    must(await field.evaluate((node) => node === document.activeElement), "the focus is elsewhere");
    await page.keyboard.type("a/b");
    must((await field.inputValue()) === "a/b", `the field has “${await field.inputValue()}”`);
  });

  await check("the filter narrows the front page to disputed stories", async () => {
    await page.goto("/");
    const cards = page.locator("ol.cards > li");
    const all = await cards.count();
    await page.getByLabel("Disputed").check();
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL("**/?*disputed=1*");
    const left = await cards.count();
    must(left > 0 && left < all, `${left} of ${all} are listed`);
    must((await cards.filter({ has: page.locator(".v-disputed") }).count()) === left, "one has no dispute");
    must(await page.getByLabel("Disputed").isChecked(), "the form forgot what was chosen");
  });

  await context.close();
  await withoutScript(check, browser);
}

/** The passages of two articles that are numbered alike and do not share their words. Runs in the page. */
function sameWords() {
  // Half a word may stand at an end on one side; the letters that one side has, the other has too.
  const text = (id) => {
    const pieces = document.querySelectorAll(`[id="${id}"], [data-of="${id}"]`);
    let all = "";
    for (const piece of pieces) {
      const copy = piece.cloneNode(true);
      for (const back of copy.querySelectorAll(".back")) back.remove();
      all += copy.textContent;
    }
    return all.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  };
  const wrong = [];
  for (const link of document.querySelectorAll(".pair a.back")) {
    const to = link.hash.slice(1);
    const from = to.replace(/^s(\d)/, (_, side) => `s${3 - side}`);
    if (!document.getElementById(to)) wrong.push(`${link.hash} leads nowhere`);
    const [here, there] = [text(from), text(to)];
    const both = here.filter((word) => there.includes(word)).length;
    if (both * 2 < Math.max(here.length, there.length)) {
      wrong.push(`${from} “${here.join(" ").slice(0, 80)}” and ${to} “${there.join(" ").slice(0, 80)}”`);
    }
  }
  return wrong;
}

/** What works for a reader who lets no script run. */
async function withoutScript(check, browser) {
  const context = await browser.reader({ javaScriptEnabled: false });
  const page = await context.newPage();
  await check("without script a mark leads to its passage", async () => {
    await open(page);
    const mark = page.locator(".brief a.n").first();
    const hash = await mark.getAttribute("href");
    await mark.click();
    must(page.url().endsWith(hash), `the address is ${page.url()}`);
    const target = page.locator(`${hash}:target`);
    must((await target.count()) === 1, "the passage is not the target");
    must(await inSight(target), "the passage is out of sight");
    must(await page.getByRole("dialog").isHidden(), "the panel is there");
    must(await page.locator("#theme").isHidden(), "a button that does nothing is shown");
  });
  await check("without script a link opens what it leads to", async () => {
    await open(page);
    const folded = page.locator(".alone details:not([open]) li").last();
    const id = await folded.getAttribute("id");
    await page.goto(`${page.url().split("#")[0]}#${id}`);
    must(await inSight(page.locator(`#${id} .words`)), `${id} is out of sight`);
  });
  await check("without script the claim filter works", async () => {
    await page.locator('.filter input[value="v-disputed"] + span').click();
    must((await page.locator(".grid tbody:not(.v-disputed) tr").locator("visible=true").count()) === 0, "other rows stay");
  });
  await context.close();
}
