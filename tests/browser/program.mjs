// In: the program's path and an empty folder. Out: a store with the sample articles and with records that
// want to do harm, and a server that shows it on a port of its own.

import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { records } from "./evil.mjs";

/** Fills a store; answers its path. */
export function fill(program, folder) {
  const db = join(folder, "store.db");
  const lines = join(folder, "evil.jsonl");
  writeFileSync(lines, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  const call = (...words) =>
    execFileSync(program, [...words, "--db", db], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  call("demo", "--fill-only");
  const added = JSON.parse(call("add", lines, "--format", "json"));
  // Were they refused, what is checked of them would hold for no reason.
  if (added.new.length !== records.length) {
    throw new Error(`not all records were added: ${JSON.stringify(added)}`);
  }
  call("search", "rope", "--save", "kept");
  return db;
}

/** Who has it may keep searches. */
export const TOKEN = "browser-test-token";

/** Starts the server; answers its origin and how to stop it. */
export function serve(program, db, folder) {
  const token = join(folder, "token");
  writeFileSync(token, TOKEN);
  const child = spawn(program, ["serve", "--db", db, "--listen", "127.0.0.1:0", "--token-file", token, "--watch"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = () => child.kill();
  // However this ends, the server does not stay.
  process.on("exit", stop);
  return new Promise((done, fail) => {
    let said = "";
    child.on("error", fail);
    child.on("exit", (code) => fail(new Error(`the server ended (${code}): ${said}`)));
    child.stderr.setEncoding("utf8").on("data", (more) => {
      said += more;
      const at = /reading pages at (http:\/\/[^/\s]+)\//.exec(said);
      if (at) done({ origin: at[1], stop });
    });
  });
}
