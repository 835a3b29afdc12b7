// In: --program PATH, --chromium PATH, and --shots FOLDER for pictures. Out: a line for each check of the pages
// as a browser shows them; exit code 1 where one failed, 2 on wrong usage.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { access } from "./access.mjs";
import { Browser } from "./browser.mjs";
import { Checks, must, none } from "./checks.mjs";
import { finding } from "./finding.mjs";
import { hostile } from "./hostile.mjs";
import { journeys } from "./journeys.mjs";
import { fill, serve } from "./program.mjs";

/** Longer than this, something hangs. */
const LIMIT = 360_000;

function options() {
  const { values } = parseArgs({
    options: { program: { type: "string" }, chromium: { type: "string" }, shots: { type: "string" } },
  });
  if (!values.program || !values.chromium) throw new Error("--program and --chromium are needed");
  return { ...values, program: resolve(values.program) };
}

/** What no page may do, over all pages that the other checks went to. */
async function overall(checks, browser) {
  await checks.check("no dialog opened", async () => none(browser.dialogs, "dialogs"));
  await checks.check("no request left the server", async () => none(browser.strays, "requests"));
  await checks.check("nothing was downloaded", async () => none(browser.downloads, "downloads"));
  await checks.check(`no error on any of ${browser.visited.size} pages`, async () => {
    must(browser.visited.size > 30, "too few pages were visited");
    none([...new Set(browser.errors)], "errors");
  });
}

async function main({ program, chromium, shots }) {
  const began = Date.now();
  const folder = mkdtempSync(join(tmpdir(), "crossread-browser-"));
  const checks = new Checks();
  let server;
  let browser;
  // Whatever hangs, the server and the folder do not stay.
  const end = async () => {
    await browser?.close().catch(() => {});
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const watch = setTimeout(async () => {
    console.log(`FAIL all of it ends within ${LIMIT / 1000} seconds`);
    await Promise.race([end(), new Promise((done) => setTimeout(done, 3_000))]);
    process.exit(1);
  }, LIMIT);
  try {
    if (shots) mkdirSync(shots, { recursive: true });
    server = await serve(program, fill(program, folder), folder);
    browser = await Browser.start(chromium, server.origin);
    await journeys(checks, browser);
    await finding(checks, browser);
    await hostile(checks, browser);
    await access(checks, browser, shots);
    await overall(checks, browser);
  } finally {
    clearTimeout(watch);
    await end();
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  console.log(`${checks.done} checks, ${checks.failed} failed, ${seconds} seconds`);
  return checks.failed === 0 ? 0 : 1;
}

let chosen;
try {
  chosen = options();
} catch (error) {
  console.error(`${error.message}\nusage: node run.mjs --program PATH --chromium PATH [--shots FOLDER]`);
  process.exit(2);
}
process.exitCode = await main(chosen);
