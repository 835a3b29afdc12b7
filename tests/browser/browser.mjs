// In: Chromium's path and the server's origin. Out: contexts of one browser that write down whatever no page
// may do, on every page that any check visits: dialogs, requests to elsewhere, errors on the console.

import { chromium } from "playwright-core";

/** Nothing here takes longer on a slow machine, and a missing thing should fail soon. */
const PATIENCE = 8_000;

export class Browser {
  dialogs = [];
  strays = [];
  errors = [];
  downloads = [];
  visited = new Set();

  constructor(browser, origin) {
    this.browser = browser;
    this.origin = origin;
  }

  static async start(path, origin) {
    const browser = await chromium.launch({
      executablePath: path,
      // No name but the server's leads anywhere, so that a stray request is seen and still goes nowhere.
      args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking"],
    });
    return new Browser(browser, origin);
  }

  /** A reader without a past. `options` are those of a context of Playwright. */
  async reader(options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.origin,
      viewport: { width: 1280, height: 900 },
      colorScheme: "light",
      locale: "en-GB",
      timezoneId: "UTC",
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    context.on("dialog", (dialog) => {
      this.dialogs.push(`${dialog.type()} “${dialog.message()}” on ${dialog.page()?.url()}`);
      void dialog.dismiss();
    });
    context.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${this.origin}/`)) this.strays.push(`${request.method()} ${url.slice(0, 200)}`);
      else if (request.isNavigationRequest()) this.visited.add(url);
    });
    context.on("console", (message) => {
      if (message.type() === "error") this.errors.push(`${message.page()?.url()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => {
      this.errors.push(`${error.page()?.url()}: ${error.error().message}`);
    });
    context.on("page", (page) => {
      page.on("download", (download) => this.downloads.push(download.url()));
    });
    return context;
  }

  close() {
    return this.browser.close();
  }
}

/** Whether the first line of something stands in the window with nothing over it. */
export function inSight(locator) {
  return locator.evaluate((node) => {
    const line = node.getClientRects()[0];
    if (!line) return false;
    const x = line.left + Math.min(4, line.width / 2);
    const at = document.elementFromPoint(x, line.top + line.height / 2);
    return at !== null && (node.contains(at) || at.contains(node));
  });
}

/** A colour as it is computed: what is behind an element's own text. */
export function background(locator) {
  return locator.evaluate((node) => getComputedStyle(node).backgroundColor);
}

/** The colour of no background. */
export const CLEAR = "rgba(0, 0, 0, 0)";
