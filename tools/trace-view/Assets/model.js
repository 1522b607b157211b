import { field, nameOf } from "./decode.js";

export const severity = { none: 0, answered: 1, suspect: 2, refused: 3, fault: 4 };
export const laneNames = ["Application", "Library", "Gate and I/O manager", "Driver", "Program", "Map store"];

/** Requests with their events, in the order in which they began, and the maps that the trace names. */
export function buildModel(trace) {
  const byId = new Map();
  for (let e = 0; e < trace.count; e++) {
    const id = trace.request[e];
    if (id !== 0) {
      const known = byId.get(id);
      if (known) {
        known.count++;
      } else {
        byId.set(id, { id, first: e, count: 1 });
      }
    }
  }
  const requests = [...byId.values()];
  for (const r of requests) {
    r.events = new Uint32Array(r.count);
    r.filled = 0;
  }
  for (let e = 0; e < trace.count; e++) {
    const r = byId.get(trace.request[e]);
    if (r) {
      r.events[r.filled++] = e;
    }
  }
  const maps = new Map();
  for (let e = 0; e < trace.count; e++) {
    if (nameOf(trace, e) === "MapCreate") {
      maps.set(field(trace, e, "mapId"), field(trace, e, "name"));
    }
  }
  const called = new Set();
  for (const r of requests) {
    describe(trace, r, maps);
    // The first call of a function includes the runtime's compilation of the code that it is the first to run.
    r.cold = trace.cold && !called.has(r.name);
    called.add(r.name);
  }
  const whole = new Uint32Array(trace.count);
  trace.stopped = null;
  for (let e = 0; e < trace.count; e++) {
    whole[e] = e;
    if (trace.stopped === null && nameOf(trace, e) === "ProgramFault") {
      trace.stopped = e;
    }
  }
  return { requests, byId, maps, whole };
}

function describe(trace, r, maps) {
  const last = r.events[r.count - 1];
  r.account = trace.accounts.get(r.id);
  r.severity = r.account?.severity ?? severity.none;
  r.duration = trace.time[last] - trace.time[r.first];
  r.errno = "";
  r.name = "";
  r.returned = false;
  r.map = "";
  for (const e of r.events) {
    switch (nameOf(trace, e)) {
      case "ApiCallStart":
        r.name ||= field(trace, e, "function");
        r.asked ??= field(trace, e, "count");
        break;
      case "ApiCallStop":
        r.returned = true;
        r.result = field(trace, e, "result");
        r.errno = errnoOf(field(trace, e, "errno"));
        r.duration = trace.time[e] - trace.time[r.first];
        break;
      case "IoctlStart":
        r.operation ??= field(trace, e, "operation");
        r.process ??= field(trace, e, "processId");
        break;
      case "MapLayout":
      case "MapCreate":
      case "MapDelete":
        r.mapId ??= field(trace, e, "mapId");
        break;
    }
  }
  r.name ||= r.operation ?? nameOf(trace, r.first);
  if (r.mapId !== undefined) {
    r.map = maps.has(r.mapId) ? `${maps.get(r.mapId)} (${r.mapId})` : `map ${r.mapId}`;
  }
}

/** An errno's name; success is spelled 0, and is none. */
export function errnoOf(text) {
  return text === "0" ? "" : text;
}

/** How a request ended, in a word. */
export function ending(r) {
  return r.severity === severity.fault ? "access violation"
    : r.errno ? r.errno
    : r.severity === severity.suspect ? "0, sizes disagree"
    : r.returned ? String(r.result)
    : r.severity >= severity.answered ? "failed" : "";
}

/** The first of the worst: what somebody with a failing trace came to see. Null when nothing failed. */
export function worst(model) {
  let found = null;
  for (const r of model.requests) {
    if (r.severity > (found?.severity ?? severity.none)) {
      found = r;
    }
  }
  return found;
}

/** The event to look at first: the refusal or the fault; else the last. */
export function telling(trace, r) {
  const names = r.severity === severity.fault ? ["AccessViolation", "Bugcheck"] : ["InvalidArgument"];
  if (r.severity >= severity.refused) {
    for (let i = 0; i < r.events.length; i++) {
      if (names.includes(nameOf(trace, r.events[i]))) {
        return i;
      }
    }
  }
  if (r.severity === severity.suspect) {
    return firstBeyond(trace, r);
  }
  return r.severity === severity.answered ? r.events.length - 1 : 0;
}

// The first copy that leaves the application's values; where none does, the second element: there the steps fall apart.
function firstBeyond(trace, r) {
  let buffer = null;
  let second = 0;
  for (let i = 0; i < r.events.length; i++) {
    const f = (name) => field(trace, r.events[i], name);
    const name = nameOf(trace, r.events[i]);
    if (name === "ApplicationBuffer" && f("what") === "values") {
      buffer = { start: f("address"), bytes: f("bytes") };
    } else if (name === "Copy" && buffer && ["Marshal", "Unmarshal"].includes(f("stage"))) {
      const at = f(f("stage") === "Marshal" ? "source" : "destination") - buffer.start;
      if (at >= 0 && at <= buffer.bytes && at + f("bytes") > buffer.bytes) {
        return i;
      }
      if (f("element") <= 1) {
        second = i;
      }
    }
  }
  return second;
}
