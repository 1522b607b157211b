import { columnOf } from "./decode.js";

/** What nobody filters by. */
export function noFilter() {
  return { text: "", event: "", provider: "", level: "", errno: "", map: "", request: "" };
}

export function isFiltering(filter) {
  return Object.values(filter).some((v) => v !== "");
}

/** The choices that a trace offers for each filter. */
export function choices(trace, model) {
  const sorted = (values) => [...new Set(values)].filter((v) => v).sort();
  return {
    event: sorted(trace.kinds.map((k) => k.name)),
    provider: sorted(trace.kinds.map((k) => k.provider)),
    level: sorted(trace.kinds.map((k) => k.level)),
    errno: sorted(model.requests.map((r) => r.errno)),
    map: sorted(model.requests.map((r) => r.map)),
  };
}

/** One byte for each event: 1 where it passes. */
export function matching(trace, model, filter) {
  const passes = new Uint8Array(trace.count).fill(1);
  const kinds = trace.kinds.map((k) =>
    (!filter.event || k.name === filter.event) && (!filter.provider || k.provider === filter.provider) && (!filter.level || k.level === filter.level));
  const ofRequests = filter.errno || filter.map || filter.request ? new Set(model.requests.filter((r) =>
    (!filter.errno || r.errno === filter.errno) && (!filter.map || r.map === filter.map) && (!filter.request || String(r.id) === filter.request.trim()))
    .map((r) => r.id)) : null;
  for (let e = 0; e < trace.count; e++) {
    if (!kinds[trace.kind[e]] || (ofRequests && !ofRequests.has(trace.request[e]))) {
      passes[e] = 0;
    }
  }
  for (const word of filter.text.toLowerCase().split(/\s+/).filter((w) => w)) {
    narrow(trace, model, passes, word);
  }
  return passes;
}

// One word: in an event's name, in one of its strings or check codes, in its request's function or errno, or one of its numbers.
function narrow(trace, model, passes, word) {
  const strings = new Set();
  trace.strings.forEach((s, i) => {
    if (s.toLowerCase().includes(word) || trace.checks[s]?.code.toLowerCase() === word) {
      strings.add(i);
    }
  });
  const number = numberOf(word);
  const whole = new Set(model.requests.filter((r) => r.name.toLowerCase().includes(word) || r.errno.toLowerCase() === word).map((r) => r.id));
  const named = trace.kinds.map((k) => k.name.toLowerCase().includes(word));
  const columns = trace.kinds.map((k) => k.fields.map((_, i) => columnOf(k, i)));
  for (let e = 0; e < trace.count; e++) {
    if (passes[e] && !named[trace.kind[e]] && !whole.has(trace.request[e]) && !has(columns[trace.kind[e]], trace.ordinal[e], strings, number)) {
      passes[e] = 0;
    }
  }
}

function has(columns, row, strings, number) {
  for (const column of columns) {
    const value = column.values[row];
    if (column.isText ? strings.has(value) : value === number) {
      return true;
    }
  }
  return false;
}

function numberOf(word) {
  if (!/^(0x[0-9a-f]+|-?\d+)$/.test(word)) {
    return NaN;
  }
  return word.startsWith("0x") ? Number(BigInt.asIntN(64, BigInt(word))) : Number(word);
}
