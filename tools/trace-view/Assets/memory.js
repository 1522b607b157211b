import { field, nameOf } from "./decode.js";

// What a request's copies say about memory: whose buffers there are, and what lies in them, byte by byte, at any event.

/** The copies and buffers of a request. Made once for each request that is looked at. */
export function readMemory(trace, r) {
  const memory = {
    request: r, copies: [], buffers: [], attempt: r.account?.attempt, library: null, kernel: null, count: r.asked ?? 0, isBatch: r.name.includes("batch"),
    witnesses: r.account?.witnesses,
  };
  const inStage = new Map();
  for (const e of r.events) {
    const f = (name) => field(trace, e, name);
    switch (nameOf(trace, e)) {
      case "ApplicationBuffer":
        memory.buffers.push({ event: e, what: f("what"), start: f("address"), bytes: f("bytes") });
        break;
      case "BatchLayout":
        memory.library = sizes(f);
        break;
      case "MapLayout":
        memory.kernel = sizes(f);
        break;
      case "Copy": {
        const copy = { event: e, stage: f("stage"), element: f("element"), slot: f("slot"), source: f("source"), destination: f("destination"), bytes: f("bytes") };
        copy.isWhole = copy.element < 0;
        copy.turn = (inStage.get(`${copy.stage} ${copy.element}`) ?? 0) + 1;
        inStage.set(`${copy.stage} ${copy.element}`, copy.turn);
        memory.copies.push(copy);
        break;
      }
    }
  }
  for (const copy of memory.copies) {
    copy.layout = copy.stage === "Marshal" || copy.stage === "Unmarshal" ? memory.library ?? memory.kernel : memory.kernel ?? memory.library;
    copy.what = copy.isWhole ? "message" : whatOf(memory, copy);
  }
  return memory;
}

function sizes(f) {
  return { keySize: f("keySize"), valueSize: f("valueSize"), stride: f("stride"), total: f("total"), cpus: f("cpus") };
}

// The trace does not say whether a copy is of a key or of a value; the order of the protocol does: a record is key, then value.
function whatOf(memory, copy) {
  const name = memory.request.name;
  if (copy.stage === "MapStore" || copy.stage === "MapFetch") {
    return "value";
  }
  if (name.includes("next_key") || name.includes("delete_elem")) {
    return "key";
  }
  if (copy.stage === "Unmarshal" && !memory.isBatch) {
    return "value";
  }
  return copy.turn % 2 === 1 ? "key" : "value";
}

/** The buffer that one side of a copy lies in: whose it is, where it begins and how long it is. */
export function bufferOf(memory, copy, side) {
  const at = copy[side];
  const app = (side === "source") === (copy.stage === "Marshal") && ["Marshal", "Unmarshal"].includes(copy.stage);
  if (app) {
    const known = memory.buffers.findLast((b) => b.event < copy.event && (copy.what === "key" ? ["keys", "key"] : ["values", "value"]).includes(b.what));
    return known
      ? { name: `${known.what} buffer`, party: "application", start: known.start, bytes: known.bytes, known: true, isApplication: true, what: known.what }
      : { name: copy.what, party: "application", start: at, bytes: copy.bytes, known: false, isApplication: true, what: copy.what };
  }
  if (copy.stage === "MapStore" && side === "destination" || copy.stage === "MapFetch" && side === "source") {
    return at === 0
      ? { name: "a program's own memory", party: "driver", start: 0, bytes: copy.bytes, known: false }
      : { name: `value of element ${copy.element}`, party: "map store", start: at, bytes: copy.bytes, known: true };
  }
  return messageOf(memory, copy, side, at);
}

function messageOf(memory, copy, side, at) {
  const user = ["Marshal", "Unmarshal"].includes(copy.stage) || (copy.stage === "BufferIn") === (side === "source") && copy.stage.startsWith("Buffer");
  const holds = (start, bytes) => at >= start && at < start + bytes;
  const before = (c) => c.event <= copy.event;
  const into = memory.copies.find((c) => c.stage === "BufferIn" && !before(c) && holds(c.source, c.bytes));
  const wholes = memory.copies.filter((c) => c.isWhole);
  if (user && (copy.stage === "Marshal" || copy.stage === "BufferIn")) {
    const whole = copy.isWhole ? copy : into;
    const first = memory.copies.find((c) => c.stage === "Marshal" && c.event <= copy.event && c.event > lastWhole(wholes, copy));
    return whole
      ? { name: "request message", party: "library", start: whole.source, bytes: whole.bytes, known: true }
      : { name: "request message, never sent", party: "library", start: first?.destination ?? at, bytes: at + copy.bytes - (first?.destination ?? at), known: false };
  }
  if (user) {
    const whole = copy.isWhole ? copy : wholes.findLast((c) => c.stage === "BufferOut" && before(c) && holds(c.destination, c.bytes));
    return whole
      ? { name: "reply message", party: "library", start: whole.destination, bytes: whole.bytes, known: true }
      : { name: "reply message", party: "library", start: at, bytes: copy.bytes, known: false };
  }
  const near = wholes.filter((c) => holds(c.stage === "BufferIn" ? c.destination : c.source, c.bytes));
  const start = near.length ? Math.min(...near.map((c) => c.stage === "BufferIn" ? c.destination : c.source)) : at;
  const end = near.length ? Math.max(...near.map((c) => (c.stage === "BufferIn" ? c.destination : c.source) + c.bytes)) : at + copy.bytes;
  return { name: "system buffer", party: "gate", start, bytes: end - start, known: near.length > 0 };
}

function lastWhole(wholes, copy) {
  return wholes.findLast((c) => c.event < copy.event)?.event ?? -1;
}

/**
 * What lies between two addresses after the first `upTo` copies. Newer copies cover older ones, and a whole message carries with it what lay
 * in it.
 */
export function piecesIn(memory, from, to, upTo) {
  let pieces = [];
  for (let i = 0; i < upTo; i++) {
    const copy = memory.copies[i];
    const start = copy.destination;
    if (start === 0 || start >= to || start + copy.bytes <= from) {
      continue;
    }
    pieces = pieces.filter((p) => p.start >= start + copy.bytes || p.start + p.bytes <= start);
    if (copy.isWhole) {
      const shift = start - copy.source;
      const moved = piecesIn(memory, Math.max(from, start) - shift, Math.min(to, start + copy.bytes) - shift, i);
      pieces.push(...moved.map((p) => ({ ...p, start: p.start + shift })));
    } else {
      pieces.push(...piecesOf(memory, copy, start));
    }
  }
  return pieces.sort((a, b) => a.start - b.start);
}

/** The piece that a copy of an element moves; with the key before it where the map puts a whole record into a reply. */
export function piecesOf(memory, copy, start) {
  const piece = { start, bytes: copy.bytes, what: copy.what, element: copy.element, slot: copy.slot, layout: copy.layout, event: copy.event };
  const keySize = copy.layout?.keySize ?? 0;
  return copy.stage === "MapFetch" && memory.isBatch && start === copy.destination && keySize > 0
    ? [{ ...piece, start: start - keySize, bytes: keySize, what: "key" }, piece]
    : [piece];
}

/** A piece as cells: the key, or for each CPU its value and the padding behind it. */
export function cellsOf(piece) {
  const layout = piece.layout;
  const base = { element: piece.element, event: piece.event };
  if (piece.what !== "value" || !layout || piece.bytes !== layout.total && piece.slot < 0) {
    return [{ ...base, start: piece.start, bytes: piece.bytes, type: piece.what, label: piece.slot >= 0 ? `CPU ${piece.slot}` : piece.what, cpu: piece.slot ?? -1 }];
  }
  const cells = [];
  const slots = piece.slot >= 0 ? 1 : layout.cpus;
  for (let s = 0; s < slots; s++) {
    const cpu = piece.slot >= 0 ? piece.slot : layout.cpus > 1 ? s : -1;
    const at = piece.start + s * layout.stride;
    const valueBytes = Math.min(layout.valueSize, piece.bytes - s * layout.stride);
    cells.push({ ...base, start: at, bytes: valueBytes, type: s === 0 ? "value" : "next", label: cpu < 0 ? "value" : `CPU ${cpu}`, short: cpu < 0 ? "" : String(cpu), cpu });
    const padding = Math.min(layout.stride, piece.bytes - s * layout.stride) - valueBytes;
    if (padding > 0) {
      cells.push({ ...base, start: at + valueBytes, bytes: padding, type: "padding", label: "pad", cpu });
    }
  }
  return cells;
}

/** The whole piece as one cell, for when there are too many to draw. */
export function elementCell(piece) {
  return { start: piece.start, bytes: piece.bytes, type: piece.what === "key" ? "key" : "value", label: `#${piece.element}`, cpu: -1, element: piece.element, event: piece.event };
}

/** Cells cut at the end of a buffer: what lies behind it is out of bounds. */
export function cutAt(cells, buffer) {
  if (!buffer.known || !buffer.isApplication) {
    return cells;
  }
  const end = buffer.start + buffer.bytes;
  return cells.flatMap((c) => c.start + c.bytes <= end ? [c]
    : c.start >= end ? [{ ...c, beyond: true }]
    : [{ ...c, bytes: end - c.start }, { ...c, start: end, bytes: c.start + c.bytes - end, beyond: true, label: "" }]);
}

/** What the call will touch of a buffer that it was passed, from what the library counts with: nothing of it may have happened. */
export function planFor(memory, buffer) {
  const layout = memory.library;
  const step = buffer.what === "keys" ? layout?.keySize : buffer.what === "values" ? layout?.total : 0;
  if (!step || !memory.count) {
    return [];
  }
  const what = buffer.what === "keys" ? "key" : "value";
  return Array.from({ length: memory.count }, (_, k) =>
    ({ start: buffer.start + k * step, bytes: step, what, element: k, slot: -1, layout, event: buffer.event }));
}

/** The elements as the application must have meant them, from the room that it made. */
export function meantFor(memory, buffer) {
  const total = memory.witnesses?.[0].total;
  if (buffer.what !== "values" || !total || total === memory.library?.total || !memory.count) {
    return [];
  }
  return Array.from({ length: memory.count }, (_, k) => ({
    start: buffer.start + k * total, bytes: total, type: "meant", label: `value ${k}`, short: String(k), cpu: -1, element: k, event: buffer.event,
  }));
}
