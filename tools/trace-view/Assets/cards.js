import { field, nameOf } from "./decode.js";
import { ending, severity } from "./model.js";
import { checkNumber, duration, expectation, payload, plural, say } from "./words.js";
import { make } from "./strips.js";
import { drawRun, programLane } from "./programs.js";

/** The verdict over a request: what became of it, why, how the error travelled, and what to do. */
export function drawVerdict(section, r, trace) {
  section.replaceChildren();
  section.className = "";
  if (!r && trace.stopped !== null) {
    // A hook's program belongs to no request, and after its fault nothing goes on.
    section.classList.add("bad");
    section.append(make("h2", {}, "Whole trace ", make("span", { class: "ending" }, "→ a program stopped the machine")),
      make("p", { class: "why" }, say(trace, trace.stopped)));
    return;
  }
  if (!r) {
    section.append(make("h2", {}, "Whole trace"), make("p", {}, "Every event of every request, in the order of time. Choose a request to see its bytes."));
    return;
  }
  const account = r.account;
  const state = r.severity >= severity.suspect ? "bad" : r.severity === severity.answered ? "plain" : "good";
  section.classList.add(state);
  section.append(make("h2", {}, make("span", { class: "number" }, `Request ${r.id}`), ` ${r.name} `,
    make("span", { class: "ending" }, `→ ${ending(r) || "not ended in this trace"}`), make("small", {}, ` ${duration(r.duration)}${r.cold ? ", cold: the first call of this function, with its compilation" : ""}${r.map ? ` · ${r.map}` : ""}`)));
  if (account?.verdict) {
    section.append(make("p", { class: "why" }, account.verdict));
    const more = [...account.reasons.map((text) => `${text} `), ...(account.fix ? [make("b", {}, "Fix: "), account.fix] : [])];
    if (more.length > 0) {
      section.append(make("p", {}, ...more));
    }
  } else {
    section.append(make("p", {}, `${plural(r.count, "event")}; ${r.returned ? "nothing went wrong" : "none says that it went wrong, and none says how it ended"}.`));
  }
  if (account?.chain.length > 0) {
    section.append(drawChain(account.chain));
  }
}

function drawChain(chain) {
  const list = make("ol", { class: "chain", "aria-label": "How the error travelled" });
  for (const [station, name, note] of chain) {
    list.append(make("li", { class: name ? "" : "never" }, make("small", {}, station), make("b", {}, name || "—"), note ? make("i", {}, note) : null));
  }
  return list;
}

/** The cards below the ledger: the check, the witnesses, all fields of the event. */
export function drawCards(trace, host, r, e, programs, go) {
  const reasons = make("div");
  if (trace.lane[e] === programLane) {
    reasons.append(drawRun(trace, programs, e, go));
  }
  const checked = r && checkAt(trace, r, e);
  if (checked !== null && checked !== undefined) {
    reasons.append(drawCheck(trace, checked, checked === e));
  }
  if (r?.account?.witnesses) {
    reasons.append(drawWitnesses(r.account.witnesses));
  }
  host.replaceChildren(reasons, make("div", {}, drawFields(trace, e)));
  const step = host.querySelector(".source [aria-current]");
  if (step) {
    const list = host.querySelector(".source");
    list.scrollTop = step.offsetTop - list.offsetTop - list.clientHeight * 0.4;
  }
}

// The check that an event is, or the one that refused when the event is the refusal or comes after it.
function checkAt(trace, r, e) {
  if (nameOf(trace, e) === "SizeCheck") {
    return e;
  }
  return r.severity === severity.refused ? r.events.findLast((x) => x <= e && nameOf(trace, x) === "SizeCheck" && !field(trace, x, "passed")) : null;
}

function drawCheck(trace, e, isNow) {
  const id = field(trace, e, "check");
  const given = field(trace, e, "given");
  const expected = field(trace, e, "expected");
  const passed = Boolean(field(trace, e, "passed"));
  const row = trace.checks[id];
  const card = make("section", { class: `card check ${passed ? "passed" : "failed"}`, "aria-label": `Check ${id}` },
    make("h3", {}, `${passed ? "✓ Check passes" : "✗ Check refuses"} `, make("code", {}, `${row ? row.code + " " : ""}${id}`)));
  if (row) {
    card.append(make("p", {}, row.text));
  }
  const widest = Math.max(given, expected, 1);
  const wanted = expectation(row, given, expected, passed);
  const bar = (label, n, type, text = checkNumber(row, n)) => {
    const fill = make("span", { class: `bar ${type}` });
    fill.style.width = `${Math.max(0, n) / widest * 100}%`;
    return [make("dt", {}, label), make("dd", {}, make("b", {}, text), make("span", { class: "track" }, fill))];
  };
  card.append(make("dl", { class: "numbers" }, make("dt", {}, "What"), make("dd", {}, field(trace, e, "what")),
    ...bar("Given", given, passed ? "good" : "bad"), ...(wanted === null ? [] : bar("Expected", expected, "plain", wanted)),
    ...(row ? [make("dt", {}, "Formula"), make("dd", {}, make("code", {}, row.formula))] : []),
    ...(row && !passed ? [make("dt", {}, "Fix"), make("dd", {}, row.fix)] : [])));
  if (!isNow) {
    card.append(make("p", { class: "dim" }, `Event ${e}, before the current one.`));
  }
  return card;
}

function drawWitnesses(witnesses) {
  const disputed = witnesses.filter((w) => w.disputed).map((w) => w.party);
  const longest = Math.max(...witnesses.map((w) => w.total ?? 0), 1);
  const table = make("table", {}, make("caption", {}, disputed.length ? `${disputed.join(" and ")} are the first to disagree` : "all agree"),
    make("thead", {}, make("tr", {}, ...["", "stride", "CPUs", "bytes", "one value, to scale"].map((t) => make("th", { scope: "col" }, t)))));
  const body = make("tbody");
  for (const w of witnesses) {
    const strip = make("div", { class: "cells small", role: "img", "aria-label": `${w.party}: ${w.total ?? "no"} bytes a value` });
    for (let c = 0, n = Math.min(w.cpus ?? 0, 64); c < n; c++) {
      const cell = make("span", { class: `cell ${c === 0 ? "value" : "next"}` }, n <= 8 ? make("span", {}, `${w.stride}`) : "");
      cell.style.left = `${c * w.stride / longest * 100}%`;
      cell.style.width = `${w.stride / longest * 100}%`;
      strip.append(cell);
    }
    body.append(make("tr", { class: w.disputed ? "disputed" : "" },
      make("th", { scope: "row" }, w.disputed ? `✗ ${w.party}` : w.party), make("td", {}, w.stride ?? "–"), make("td", {}, w.cpus ?? "–"),
      make("td", {}, make("b", {}, w.total ?? "–")), make("td", { class: "scale" }, strip, make("small", {}, w.basis))));
  }
  table.append(body);
  return make("section", { class: "card witnesses", "aria-label": "Three witnesses" }, make("h3", {}, "Three witnesses: how long is a value?"), table);
}

function drawFields(trace, e) {
  const kind = trace.kinds[trace.kind[e]];
  const list = make("dl", { class: "numbers fields" });
  const add = (name, value) => list.append(make("dt", {}, name), make("dd", {}, make("code", {}, value)));
  add("provider", kind.provider);
  add("level", kind.level);
  add("time", duration(trace.time[e]));
  add("request", String(trace.request[e]));
  add("processor", trace.processor[e] < 0 ? "user mode" : String(trace.processor[e]));
  for (const [name, value] of payload(trace, e)) {
    add(name, value);
  }
  return make("section", { class: "card", "aria-label": "Fields of the event" }, make("h3", {}, `Event ${e}: `, make("code", {}, kind.name)), list);
}
