import { make } from "../trace/strips.js";
import { linkTerms } from "./terms.js";

const parts = /"(?:[^"\\]|\\.)*"|[^"]+/g;

/** The list of results: one row for each call, and in it one pre whose text is the JSON result. */
export function makeResults(host, choose, explain) {
  host.addEventListener("click", (event) => {
    const row = event.target.closest("li[data-step]");
    if (row && !event.target.closest(".term") && String(getSelection()) === "") {
      choose(Number(row.dataset.step));
    }
  });

  function clear() {
    host.replaceChildren();
  }

  /** Adds a call. Its outcome is shown, or kept for show. */
  function add(step, index, isShown) {
    const row = make("li", { "data-step": index });
    const head = make("button", { type: "button", class: "call" },
      make("span", { class: "n" }, String(step.line)), make("span", { class: "words" }, step.words));
    row.append(head);
    host.append(row);
    if (isShown) {
      show(step, index);
    } else {
      row.classList.add("hidden-outcome");
      row.append(make("p", { class: "unknown" }, "not shown yet"));
    }
  }

  /** Shows the outcome of a call. */
  function show(step, index) {
    const row = host.children[index];
    if (row.querySelector("pre")) {
      return;
    }
    row.querySelector(".unknown")?.remove();
    row.classList.remove("hidden-outcome");
    const outcome = JSON.parse(step.result);
    row.classList.add(outcome.fault ? "fault" : outcome.ret < 0 ? "refused" : "fine");
    row.append(make("pre", { "data-line": step.line }, ...spans(step.result, explain)));
    for (const note of step.notes ?? []) {
      row.append(make("p", { class: "note" }, note));
    }
    if (step.more > 0) {
      row.append(make("p", { class: "note" }, `${step.more} events of this run are not kept: the trace ends before them.`));
    }
    const cost = costOf(step);
    if (cost) {
      row.firstChild.append(make("small", {}, cost));
    }
  }

  /** Adds what ended a run before its end. */
  function fail(message, line) {
    host.append(make("li", { class: "ended" }, make("p", {}, make("b", {}, line ? `Line ${line}: ` : "The run ended: "), ...linkTerms(message, explain))));
  }

  function mark(index) {
    host.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const row = host.querySelector(`li[data-step="${index}"]`);
    if (row) {
      row.setAttribute("aria-current", "step");
      const box = host.getBoundingClientRect();
      const own = row.getBoundingClientRect();
      if (own.top < box.top || own.bottom > box.bottom) {
        host.scrollTop += own.top - box.top - Math.max(0, (box.height - own.height) * 0.4);
      }
    }
  }

  return { clear, add, show, fail, mark };
}

function costOf(step) {
  const requests = step.requests?.length ?? 0;
  const copies = (step.events ?? []).filter((e) => e.event === "Copy").length;
  return [requests > 0 ? `${requests} request${requests === 1 ? "" : "s"}` : "", copies > 0 ? `${copies} cop${copies === 1 ? "y" : "ies"}` : ""].filter(Boolean).join(" · ");
}

// The text of a result with its errnos, checks and statuses as buttons; long bytes may break anywhere.
function spans(text, explain) {
  const found = [];
  let key = "";
  for (const [part] of text.matchAll(parts)) {
    if (part[0] !== '"') {
      found.push(part);
    } else if (["errno", "check", "status"].includes(key)) {
      found.push('"', ...linkTerms(part.slice(1, -1), explain), '"');
      key = "";
    } else {
      key = part.slice(1, -1);
      found.push(make("span", { class: /^"[0-9a-f]{2,}"$/.test(part) ? "hex" : "text" }, part));
    }
  }
  return found;
}

/** A call as its line has it: the function, and its arguments by their names, long ones cut short. */
export function callWords(step, line) {
  const given = Object.entries(argumentsOf(line)).filter(([name]) => !["op", "as", "id"].includes(name));
  return `${step.call}(${given.map(([name, value]) => `${name} ${short(value)}`).join(", ")})`;
}

// A line that ran can be read, unless the two readers of JSON disagree: then the call has no arguments in its words.
function argumentsOf(line) {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

function short(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= 32 ? text : /^[0-9a-f]+$/.test(text) ? `${text.slice(0, 16)}… of ${text.length / 2} bytes` : `${text.slice(0, 28)}…`;
}

/** A result in words, for those who hear it. */
export function tellResult(step) {
  const outcome = JSON.parse(step.result);
  if (outcome.fault) {
    return `${outcome.fault.access} fault at ${outcome.fault.address}`;
  }
  const check = outcome.check ? `, refused by ${outcome.check}: given ${outcome.given}, expected ${outcome.expected}` : "";
  return outcome.errno ? `${outcome.errno}${check}` : `returns ${outcome.ret}`;
}
