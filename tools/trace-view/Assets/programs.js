import { nameOf } from "./decode.js";
import { laneNames } from "./model.js";
import { brief, plural, sourceOf } from "./words.js";
import { make } from "./strips.js";

export const programLane = laneNames.indexOf("Program");
const mostSteps = 120;

/** Whether any event of the trace names a source line. */
export function hasSource(trace) {
  return trace.kinds.some((k) => k.index.has("line") && k.columns[k.index.get("line")].v.length > 0) &&
    trace.strings.some((s) => /:\d+ "/.test(s));
}

/** The events of programs by processor, in order: a run stays on its processor, and ends with its return. */
export function indexPrograms(trace) {
  const byProcessor = new Map();
  for (let e = 0; e < trace.count; e++) {
    if (trace.lane[e] === programLane) {
      const known = byProcessor.get(trace.processor[e]);
      if (known) {
        known.push(e);
      } else {
        byProcessor.set(trace.processor[e], [e]);
      }
    }
  }
  return byProcessor;
}

// The steps of the run that an event belongs to, and how many more there are before and after those.
function runAround(trace, index, e) {
  const all = index.get(trace.processor[e]);
  let at = 0;
  for (let low = 0, high = all.length - 1; low <= high;) {
    at = (low + high) >> 1;
    if (all[at] === e) {
      break;
    }
    if (all[at] < e) {
      low = at + 1;
    } else {
      high = at - 1;
    }
  }
  const ends = (i) => ["ProgramInvoke", "ProgramFault"].includes(nameOf(trace, all[i]));
  let first = at;
  while (first > 0 && !ends(first - 1)) {
    first--;
  }
  let last = at;
  while (last < all.length - 1 && !ends(last)) {
    last++;
  }
  const from = Math.max(first, Math.min(at - mostSteps / 2, last - mostSteps + 1));
  const to = Math.min(last, from + mostSteps - 1);
  return { steps: all.slice(from, to + 1), before: from - first, after: last - to };
}

/** The card of a run: its source lines, and under each what the program did there. go: called with the event of a step. */
export function drawRun(trace, index, e, go) {
  const { steps, before, after } = runAround(trace, index, e);
  const list = make("ol", { class: "source" });
  let line;
  let under = null;
  for (const step of steps) {
    const source = sourceOf(trace, step);
    // What has no line of its own, such as a copy, belongs to the step before it.
    if (under === null || source && source.line !== line) {
      line = source?.line;
      under = make("ol", {});
      list.append(make("li", {}, source ? make("p", {}, make("b", {}, source.place), " ", make("code", {}, source.text)) : null, under));
    }
    const [name, rest] = brief(trace, step);
    const item = make("li", { "data-event": step, "aria-current": step === e ? "step" : null, class: name.includes("✗") ? "bad" : "" },
      make("span", { class: "n" }, String(step)), make("span", {}, name), make("code", {}, String(rest)));
    item.addEventListener("click", () => go(step));
    under.append(item);
  }
  const more = (n, where) => n > 0 ? make("p", { class: "dim" }, `${plural(n, "step")} ${where}`) : null;
  const way = steps.some((s) => sourceOf(trace, s)) ? "line by line" : "step by step";
  return make("section", { class: "card program", "aria-label": "Run of the program" },
    make("h3", {}, `A run on CPU ${trace.processor[e]}, ${way}`),
    more(before, "before these"),
    list,
    more(after, "after these"));
}
