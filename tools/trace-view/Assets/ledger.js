import { field, nameOf } from "./decode.js";
import { plural } from "./words.js";
import { bufferOf, cellsOf, cutAt, elementCell, meantFor, piecesIn, planFor, readMemory } from "./memory.js";
import { drawRibbon, drawStrip, make, roam } from "./strips.js";

const mostCells = 220;
const stageNames = ["Marshal", "BufferIn", "MapStore", "MapFetch", "BufferOut", "Unmarshal"];
const whoOf = { application: "application", library: "library", gate: "kernel", driver: "driver", "map store": "map store" };

/** The ledger of the current request: where bytes came from and went, at the current event. */
export function makeLedger(trace, section, go) {
  let memory = null;
  let drawn = null;
  let zoom = 0;
  const tells = make("p", { class: "tells", role: "status" });

  function show(request, e) {
    drawn = { request, e };
    section.replaceChildren();
    if (!request) {
      return;
    }
    if (memory?.request !== request) {
      memory = readMemory(trace, request);
      zoom = 0;
    }
    tells.textContent = "Point at a cell, or Tab to it and use the arrow keys: it tells its bytes and offsets.";
    const scene = sceneAt(e);
    section.append(head(scene), stages(e));
    if (scene) {
      const body = make("div", { class: "strips" }, ...scene.draw());
      section.append(body, legend(), tells);
      roam(body);
    }
  }

  // What to draw at an event: the copy that it is; the access that failed; what a refused call would have touched; else the last copy.
  function sceneAt(e) {
    const f = (name) => field(trace, e, name);
    const name = nameOf(trace, e);
    if (name === "AccessViolation" && memory.attempt?.what) {
      return attemptScene(e);
    }
    const passed = name === "ApplicationBuffer" ? f("what") : name === "SizeCheck" ? f("what") : name === "InvalidArgument" ? lastFailed(e) : null;
    const plan = passed && memory.buffers.findLast((b) => b.what === passed && b.event <= e);
    if (plan && planFor(memory, plan).length > 0) {
      return planScene(plan);
    }
    const at = memory.copies.findLastIndex((c) => c.event <= e);
    return at >= 0 ? copyScene(at, memory.copies[at].event === e) : null;
  }

  function lastFailed(e) {
    const r = memory.request.events;
    for (let i = r.indexOf(e); i >= 0; i--) {
      if (nameOf(trace, r[i]) === "SizeCheck" && !field(trace, r[i], "passed")) {
        return field(trace, r[i], "what");
      }
    }
    return null;
  }

  function copyScene(at, isNow) {
    const copy = memory.copies[at];
    const source = bufferOf(memory, copy, "source");
    const destination = bufferOf(memory, copy, "destination");
    const subject = copy.isWhole ? "the whole message" : `element ${copy.element}, ${copy.what}`;
    return {
      title: `${isNow ? "" : "Last copy before this event: "}${copy.stage}, ${subject}, ${plural(copy.bytes, "byte")}`,
      draw: () => {
        const views = viewsFor(copy, [[source, copy.source], [destination, copy.destination]]);
        const from = drawSide({
          title: `From the ${whoOf[source.party]}'s ${source.name}`, buffer: source, view: views[0], before: at, copy, side: "source",
          rows: [
            // Where the reader counts in other steps than the writer did, both rows are needed to see it.
            ...(source.isApplication ? [] : [{ label: "lies there", pieces: lying(source, views[0], at) }]),
            { label: source.isApplication ? "library reads" : "taken", pieces: taken(at, "source", source), isTaken: true },
          ],
        });
        const to = drawSide({
          title: `To the ${whoOf[destination.party]}'s ${destination.name}`, buffer: destination, view: views[1], before: at + 1, copy, side: "destination",
          rows: [{ label: destination.isApplication ? "library writes" : "lies there now", pieces: lying(destination, views[1], at + 1) }],
        });
        const ribbon = drawRibbon({ start: copy.source, bytes: copy.bytes }, views[0], { start: copy.destination, bytes: copy.bytes }, views[1], `${plural(copy.bytes, "byte")} ↓`);
        return copy.source === 0 ? [to] : copy.destination === 0 ? [from] : [from, ribbon, to];
      },
    };
  }

  // What lies in view; before the first record of a message stands its header.
  function lying(buffer, view, upTo) {
    const pieces = piecesIn(memory, view.start, view.start + view.bytes, upTo);
    const isMessage = buffer.known && (buffer.party === "library" || buffer.party === "gate");
    return isMessage && pieces.length > 0 && view.start <= buffer.start && pieces[0].start > buffer.start
      ? [{ start: buffer.start, bytes: pieces[0].start - buffer.start, what: "header", element: -1 }, ...pieces]
      : pieces;
  }

  // The pieces that this stage has taken out of a buffer so far, each as long as its copy.
  function taken(at, side, buffer) {
    const copy = memory.copies[at];
    if (copy.isWhole) {
      return [{ start: copy[side], bytes: copy.bytes, what: "message", element: -1, event: copy.event }];
    }
    return memory.copies.slice(0, at + 1)
      .filter((c) => c.stage === copy.stage && !c.isWhole && inside(c[side], buffer, c.what === copy.what))
      .map((c) => ({ start: c[side], bytes: c.bytes, what: c.what, element: c.element, slot: c.slot, layout: c.layout, event: c.event }));
  }

  function inside(address, buffer, isSame) {
    return buffer.isApplication ? isSame : address >= buffer.start && address < buffer.start + buffer.bytes;
  }

  function attemptScene(e) {
    const attempt = memory.attempt;
    const buffer = { name: `${attempt.what} buffer`, party: "application", start: attempt.bufferStart, bytes: attempt.bufferBytes, known: true, isApplication: true, what: attempt.what };
    const last = memory.copies.findLastIndex((c) => c.event <= e);
    const side = attempt.write ? "destination" : "source";
    const what = attempt.what === "keys" ? "key" : "value";
    const wanted = { start: attempt.start, bytes: attempt.bytes, what, element: attempt.element, slot: -1, layout: memory.library, event: e };
    const view = viewsFor({ ...wanted, isWhole: false }, [[buffer, attempt.start]])[0];
    const before = memory.copies.slice(0, last + 1)
      .filter((c) => c.what === what && c.stage === (attempt.write ? "Unmarshal" : "Marshal"))
      .map((c) => ({ ...wanted, start: c[side], bytes: c.bytes, element: c.element, event: c.event }));
    return {
      title: `The library was to ${attempt.write ? "write" : "read"} element ${attempt.element}, ${plural(attempt.bytes, "byte")}, and left the buffer`,
      draw: () => [
        drawSide({
          title: `The application's ${buffer.name}`, buffer, view, copy: { ...wanted, event: e }, side: "start",
          rows: [{ label: attempt.write ? "library writes" : "library reads", pieces: [...before, wanted], isTaken: true }],
        }),
        drawRibbon(wanted, view, null, null, `${plural(attempt.bytes, "byte")} wanted, stopped by the access violation`, true),
      ],
    };
  }

  function planScene(plan) {
    const buffer = { name: `${plan.what} buffer`, party: "application", start: plan.start, bytes: plan.bytes, known: true, isApplication: true, what: plan.what };
    const pieces = planFor(memory, buffer);
    const end = pieces[pieces.length - 1].start + pieces[0].bytes - buffer.start;
    const moved = memory.copies.length > 0;
    return {
      title: moved ? `The ${buffer.name}, and what the library counts with` : `Nothing has moved: this is what the call would touch of the ${buffer.name}`,
      draw: () => [drawSide({
        title: `The application's ${buffer.name}`, buffer, view: windowOn(buffer, buffer.start, pieces[0].bytes, Math.max(end, buffer.bytes)), side: "start",
        rows: [{ label: "would touch", pieces, isPlan: true }],
      })],
    };
  }

  // Both sides to one scale. Normally a few elements around the copy; zoomed out, up to the whole buffer.
  function viewsFor(copy, sides) {
    const record = (copy.layout?.total ?? 0) + (copy.layout?.keySize ?? 0);
    const unit = copy.isWhole ? Math.max(Math.min(copy.bytes, record || 64), 16) : copy.what === "key" ? Math.max(copy.bytes, record) : copy.bytes;
    const longest = Math.max(...sides.map(([b, at]) => Math.max(b.bytes, at - b.start + (copy.isWhole ? 0 : copy.bytes))));
    return sides.map(([b, at]) => windowOn(b, at, unit, longest));
  }

  function windowOn(buffer, at, unit, longest) {
    const usual = Math.min(Math.max(unit * 3, 64), Math.max(longest * 1.12, unit * 1.5, 24));
    const bytes = zoom === -9 ? longest * 1.04 : Math.max(16, usual * 2 ** -zoom);
    const end = at - buffer.start + unit;
    const start = end * 1.04 <= bytes ? buffer.start : at - Math.max(0, (bytes - unit) * 0.35);
    return { start: Math.floor(start), bytes: Math.ceil(bytes), pixels: Math.max(200, section.parentElement.clientWidth - 205) };
  }

  function drawSide({ title, buffer, view, rows, copy, side }) {
    const bounds = [{ start: buffer.start, bytes: buffer.bytes, type: "allocated", cpu: -1, label: buffer.isApplication ? `allocated: ${plural(buffer.bytes, "byte")}` : plural(buffer.bytes, "byte") }];
    if (buffer.known && buffer.isApplication) {
      bounds.push({ start: buffer.start + buffer.bytes, bytes: Math.max(0, view.start + view.bytes - buffer.start - buffer.bytes), type: "free", cpu: -1, label: "✗ out of bounds: not this buffer" });
    }
    const meant = meantFor(memory, buffer);
    const all = rows.map((row) => {
      const inView = row.pieces.filter((p) => p.start < view.start + view.bytes && p.start + p.bytes > view.start);
      const small = inView.flatMap(cellsOf);
      const cells = cutAt(small.length > mostCells ? inView.map(elementCell) : small, buffer)
        .map((c) => ({ ...c, isPlan: row.isPlan, isCurrent: copy && c.event === copy.event && inRange(c, copy, side) }));
      return { label: row.label, cells: thin(cells) };
    });
    return drawStrip({
      title, view, buffer, go, tell: (text) => { tells.textContent = text; },
      rows: [
        { label: buffer.isApplication ? "allocated" : "extent", cells: bounds.filter((b) => b.bytes > 0), isBounds: true },
        ...(meant.length ? [{ label: "app meant", cells: meant }] : []),
        ...all.filter((row) => row.cells.length > 0),
      ],
    });
  }

  function inRange(cell, copy, side) {
    const at = copy[side] ?? copy.start;
    return cell.start >= at && cell.start < at + copy.bytes;
  }

  // So many elements that even one cell each is too much: neighbours in one stretch become one cell.
  function thin(cells) {
    if (cells.length <= mostCells * 2) {
      return cells;
    }
    const merged = [];
    for (const cell of cells) {
      const last = merged[merged.length - 1];
      if (last && last.beyond === cell.beyond && !cell.isCurrent && !last.isCurrent && last.start + last.bytes >= cell.start - 8) {
        last.bytes = cell.start + cell.bytes - last.start;
        last.label = `#${last.element}–${cell.element}`;
      } else {
        merged.push({ ...cell });
      }
    }
    return merged;
  }

  function head(scene) {
    const button = (label, title, change) => {
      const b = make("button", { type: "button", title, "aria-label": title }, label);
      b.addEventListener("click", () => { zoomBy(change); });
      return b;
    };
    return make("div", { class: "ledger-head" }, make("h3", {}, "Ledger"), make("p", {}, scene ? scene.title : "No bytes have moved yet."),
      make("span", { class: "gap" }), button("−", "See more bytes", -1), button("+", "See fewer bytes, larger", 1), button("All", "See the whole buffer", null));
  }

  function zoomBy(change) {
    zoom = change === null ? -9 : Math.min(4, Math.max(-6, (zoom === -9 ? -3 : zoom) + change));
    show(drawn.request, drawn.e);
  }

  // Each stage with what it has moved, done and to come; a click goes to its first copy.
  function stages(e) {
    const list = make("ol", { class: "stages", "aria-label": "Stages of the copies" });
    for (const stage of stageNames) {
      const of = memory.copies.filter((c) => c.stage === stage);
      if (of.length === 0) {
        continue;
      }
      const done = of.filter((c) => c.event <= e);
      const sum = of.reduce((total, c) => total + c.bytes, 0);
      const b = make("button", { type: "button", class: done.length === 0 ? "to-come" : done.length < of.length ? "under-way" : "done" },
        make("b", {}, stage), ` ${done.length}/${of.length} · ${plural(sum, "byte")}`);
      b.addEventListener("click", () => go(of[0].event));
      list.append(make("li", {}, b));
    }
    return list;
  }

  function legend() {
    const entry = (type, text) => make("li", {}, make("span", { class: `cell ${type}` }), text);
    return make("ul", { class: "legend", "aria-label": "Colours of cells" },
      entry("key", "key"), entry("value", "value (of the first CPU)"), entry("next", "value of a next CPU"), entry("padding", "padding to 8 bytes"), entry("value beyond", "out of bounds"));
  }

  return { show, zoomBy };
}
