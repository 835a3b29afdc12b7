// In: named checks, one after the other. Out: a line each, `ok …` or `FAIL …` with what was wrong, and how
// many failed. A check that fails does not stop those after it.

export class Checks {
  failed = 0;
  done = 0;

  /** Runs one check; it fails where `run` throws. */
  async check(name, run) {
    this.done += 1;
    try {
      await run();
      console.log(`ok ${name}`);
    } catch (error) {
      this.failed += 1;
      const lines = String(error?.message ?? error).trimEnd().split("\n");
      console.log(`FAIL ${name}\n${lines.map((line) => `     ${line}`).join("\n")}`);
    }
  }
}

/** Throws `why` unless something holds. */
export function must(holds, why) {
  if (!holds) throw new Error(why);
}

/** Throws a list of what is wrong, where there is anything; a long list is cut. */
export function none(wrong, what) {
  const most = 40;
  if (wrong.length === 0) return;
  const rest = wrong.length > most ? [`and ${wrong.length - most} more`] : [];
  throw new Error([`${wrong.length} ${what}:`, ...wrong.slice(0, most), ...rest].join("\n"));
}
