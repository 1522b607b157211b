// Reads the document that PageData.cs writes: columns of integers, some of which are numbers of strings.

function numbers(column, length) {
  const from = column.v;
  const to = new Float64Array(length ?? from.length);
  if (column.k === "n") {
    to.set(from);
  } else if (column.k === "d") {
    let last = 0;
    for (let i = 0; i < from.length; i++) {
      last += from[i];
      to[i] = last;
    }
  } else {
    const total = length ?? from.reduce((sum, n, i) => sum + (i & 1 ? n : 0), 0);
    const runs = length === undefined ? new Float64Array(total) : to;
    for (let i = 0, at = 0; i < from.length; i += 2) {
      runs.fill(from[i], at, at += from[i + 1]);
    }
    return runs;
  }
  return to;
}

const named = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };

/** A text that a program chose, fit to be shown: controls, line ends, turns of direction and lone surrogates are escaped as in JSON. */
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]/gu, (c) =>
    named[c] ?? [...Array(c.length).keys()].map((i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""));
}

/**
 * The trace of a page: typed arrays of what every event has, and kinds whose columns are decoded when first asked for. With a limit only its
 * first events count.
 */
export function decode(text, limit = Infinity) {
  const raw = JSON.parse(text);
  const count = raw.count;
  const kind = Uint16Array.from(numbers(raw.kind, count));
  const ordinal = new Uint32Array(count);
  const kinds = raw.kinds.map((k) => ({ ...k, index: new Map(k.fields.map((f, i) => [f, i])), decoded: [], count: 0 }));
  for (let e = 0; e < count; e++) {
    ordinal[e] = kinds[kind[e]].count++;
  }
  const time = numbers(raw.time, count);
  for (let e = 0; e < count; e++) {
    time[e] /= 10;
  }
  return {
    title: raw.title, source: raw.source, count: Math.min(count, limit), lost: raw.lost, gaps: raw.gaps, cutOff: raw.cutOff, damage: raw.damage,
    cpus: raw.cpus, cold: raw.cold,
    kind, ordinal, kinds, time, strings: raw.strings.map(visible), checks: raw.checks,
    request: raw.request.s ? Array.from(numbers(raw.request, count), (n) => raw.strings[n]) : numbers(raw.request, count),
    processor: Int16Array.from(numbers(raw.processor, count)),
    lane: Uint8Array.from(numbers(raw.lane, count)),
    accounts: new Map(raw.accounts.map((a) => [a.request, { ...a, verdict: visible(a.verdict) }])),
  };
}

/** A column of a kind: its numbers, and whether they are numbers of strings. */
export function columnOf(kind, index) {
  return kind.decoded[index] ??= { isText: kind.columns[index].s === 1, values: numbers(kind.columns[index], kind.count) };
}

/** A field of an event, a number or a string; undefined where it has none of that name. */
export function field(trace, e, name) {
  const kind = trace.kinds[trace.kind[e]];
  const index = kind.index.get(name);
  if (index === undefined) {
    return undefined;
  }
  const column = columnOf(kind, index);
  const value = column.values[trace.ordinal[e]];
  return column.isText ? trace.strings[value] : value;
}

/** The name of an event. */
export function nameOf(trace, e) {
  return trace.kinds[trace.kind[e]].name;
}
