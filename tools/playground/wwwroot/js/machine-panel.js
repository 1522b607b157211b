import { make } from "../trace/strips.js";
import { plural } from "../trace/words.js";

const mostBytes = 64; // Of a key or a slot that are written out.

/** The machine after a step: maps with their elements, heap, handles, pool. What differs from the step before is marked. */
export function makePanel(host, cpus) {
  const closed = new Set(); // Maps that the reader closed.

  function show(state, before, possible = cpus()) {
    if (!state) {
      host.replaceChildren(make("p", { class: "empty" }, "Nothing has run yet: the machine has no maps, and the program's heap is empty."));
      return [];
    }
    const changes = [];
    const scroll = [...host.querySelectorAll(".scroll")].map((e) => [e.dataset.of, e.scrollLeft]);
    const old = before ?? { maps: [], heap: [], handles: [], pool: [] };
    host.replaceChildren(
      ...(state.bugcheck ? [make("p", { class: "bugcheck" }, `The machine has stopped: ${textOf(state.bugcheck)}`)] : []),
      make("div", { class: "maps" }, ...drawMaps(state.maps ?? [], old.maps ?? [], possible, changes), ...left(state, "maps", "map")),
      drawHeap(state, old, changes), drawHandles(state, old, changes), drawPool(state, old, changes), drawProcessors(state, old, changes));
    for (const [of, at] of scroll) {
      const element = [...host.querySelectorAll(".scroll")].find((e) => e.dataset.of === of);
      if (element) {
        element.scrollLeft = at;
      }
    }
    return changes;
  }

  function drawMaps(maps, old, possible, changes) {
    if (maps.length === 0 && old.length === 0) {
      return [make("p", { class: "empty" }, "No maps.")];
    }
    const gone = old.filter((m) => !maps.some((n) => n.id === m.id));
    gone.forEach((m) => changes.push(`map ${m.name || m.id} is gone`));
    return [...maps.map((m) => drawMap(m, old.find((o) => o.id === m.id), possible, changes)), ...gone.map(drawGone)];
  }

  function drawGone(map) {
    return make("p", { class: "map gone" }, make("s", {}, `Map ${map.id} ${map.name}`), " is gone.");
  }

  function drawMap(map, old, possible, changes) {
    const isPerCpu = /percpu/.test(map.type);
    const facts = [map.type, `key ${map.key_size}`, map.slot_size > map.value_size ? `value ${map.value_size} of ${map.slot_size}` : `value ${map.value_size}`,
      `${map.entries ?? 0} of ${map.max_entries}`, ...(map.fd?.length ? [`fd ${map.fd.join(", ")}`] : []), plural(map.references ?? 0, "reference"),
      ...(map.pinned ?? []).map((p) => `pinned at ${p}`)];
    if (!old) {
      changes.push(`map ${map.name || map.id} is new`);
    }
    const body = make("details", { class: `map${old ? "" : " changed"}` }, make("summary", {}, make("b", {}, `${map.id} ${map.name}`), make("span", {}, ` ${facts.join(" · ")}`)));
    body.open = !closed.has(map.id);
    body.addEventListener("toggle", () => body.open ? closed.delete(map.id) : closed.add(map.id));
    const elements = map.elements ?? [];
    const gone = (old?.elements ?? []).filter((e) => !elements.some((n) => n.key === e.key));
    if (elements.length + gone.length > 0) {
      const slots = isPerCpu ? Math.max(1, elements[0]?.values?.length ?? possible) : 1;
      const table = make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "key"),
        ...Array.from({ length: slots }, (_, c) => make("th", { scope: "col" }, isPerCpu ? `CPU ${c}` : "value")))));
      const rows = make("tbody");
      const olds = new Map((old?.elements ?? []).map((e) => [e.key, e]));
      for (const e of elements) {
        rows.append(drawElement(map, e, olds.get(e.key), old, changes));
      }
      for (const e of gone) {
        changes.push(`map ${map.name || map.id}: key ${e.key} is gone`);
        rows.append(make("tr", { class: "gone" }, make("th", { scope: "row" }, bytes(e.key, map.key_size)), make("td", { colspan: slots }, "deleted")));
      }
      table.append(rows);
      body.append(make("div", { class: "scroll", "data-of": map.id, tabindex: "0", role: "region", "aria-label": `Elements of map ${map.name || map.id}` }, table));
    } else if (map.entries > 0) {
      body.append(make("p", { class: "empty" }, `${plural(map.entries, "element")} that no key reads.`));
    }
    const more = map.more ?? Math.max(0, (map.entries ?? 0) - elements.length);
    if (more > 0 && elements.length > 0) {
      body.append(make("p", { class: "empty" }, `and ${more} more`));
    }
    if (map.damage) {
      body.append(make("p", { class: "bugcheck" }, map.damage));
    }
    return body;
  }

  function drawElement(map, element, was, old, changes) {
    const values = slotsOf(element);
    const before = was ? slotsOf(was) : null;
    const isNew = Boolean(old) && !was;
    if (isNew) {
      changes.push(`map ${map.name || map.id}: key ${element.key} is new`);
    }
    const row = make("tr", { class: isNew ? "changed" : "" }, make("th", { scope: "row" }, bytes(element.key, map.key_size)));
    values.forEach((v, c) => {
      const isChanged = before !== null && before[c] !== v;
      if (isChanged) {
        changes.push(`map ${map.name || map.id}: key ${element.key}${values.length > 1 ? `, CPU ${c}` : ""} changed`);
      }
      row.append(make("td", { class: isChanged ? "changed" : "" }, bytes(v, map.value_size), number(v, map.value_size)));
    });
    return row;
  }

  function drawHeap(state, old, changes) {
    const blocks = state.heap ?? [];
    const known = new Map((old.heap ?? []).map((b) => [b.address, b]));
    const widest = Math.max(16, ...blocks.map((b) => b.size));
    const rows = blocks.map((b) => {
      const was = known.get(b.address);
      const isChanged = !was || was.freed !== b.freed || was.size !== b.size;
      if (isChanged) {
        changes.push(`heap block ${b.address} is ${b.freed ? "freed" : "new"}`);
      }
      const bar = make("span", { class: "block" }, make("span", {}, `${b.size} B`));
      bar.style.width = `${12 + 88 * Math.log2(1 + b.size) / Math.log2(1 + widest)}%`;
      const words = `${b.label ?? "block"}, ${plural(b.size, "byte")} at ${b.address}${b.guard_after ? `, guard page of ${b.guard_after} bytes behind` : ""}${b.freed ? ", freed" : ""}`;
      return make("li", { class: `${b.freed ? "freed" : ""}${isChanged ? " changed" : ""}`, "aria-label": words, title: words },
        make("code", {}, b.address), make("span", { class: "what" }, b.label ?? ""),
        make("span", { class: "memory", "aria-hidden": "true" }, ...(b.guard_before ? [make("i", { class: "guard" })] : []), bar, ...(b.guard_after ? [make("i", { class: "guard" }, "guard")] : [])));
    });
    return card("heap", "Heap of the process", blocks.length ? make("ul", {}, ...rows) : make("p", { class: "empty" }, "No blocks."), ...left(state, "heap", "block"));
  }

  function drawHandles(state, old, changes) {
    const key = (h) => `${h.process}/${h.handle}`;
    return table("handles", "Handles", ["process", "handle", "fd", "object"], state.handles ?? [], old.handles ?? [], key,
      (h) => [String(h.process), h.handle, String(h.fd ?? ""), `${h.type} ${h.object_id ?? h.device ?? ""}`], (h) => `handle ${h.handle}`, changes);
  }

  function drawPool(state, old, changes) {
    return table("pool", "Pool", ["tag", "blocks", "bytes"], state.pool ?? [], old.pool ?? [], (p) => p.tag,
      (p) => [p.tag, String(p.blocks), String(p.bytes)], (p) => `pool ${p.tag}`, changes);
  }

  function drawProcessors(state, old, changes) {
    const all = state.processors ?? [];
    return table("processors", "Processors", ["CPU", "IRQL"], all.filter((p) => p.irql !== "PASSIVE_LEVEL"), (old.processors ?? []).filter((p) => p.irql !== "PASSIVE_LEVEL"),
      (p) => String(p.id), (p) => [String(p.id), p.irql], (p) => `CPU ${p.id}`, changes, `All ${all.length} at PASSIVE_LEVEL, idle.`);
  }

  function table(id, title, heads, rows, old, key, cells, name, changes, empty = "None.") {
    const known = new Map(old.map((o) => [key(o), cells(o)]));
    const now = new Set(rows.map(key));
    const body = make("tbody", {}, ...rows.map((r) => {
      const was = known.get(key(r));
      const texts = cells(r);
      if (!was || was.join() !== texts.join()) {
        changes.push(`${name(r)} ${was ? "changed" : "is new"}`);
      }
      return make("tr", { class: was ? "" : "changed" }, ...texts.map((t, i) => make("td", { class: was && was[i] !== t ? "changed" : "" }, t)));
    }), ...old.filter((o) => !now.has(key(o))).map((o) => {
      changes.push(`${name(o)} is gone`);
      return make("tr", { class: "gone" }, ...cells(o).map((t) => make("td", {}, t)));
    }));
    return card(id, title, body.childElementCount > 0
      ? make("div", { class: "scroll", "data-of": id, tabindex: "0", role: "region", "aria-label": title },
        make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((h) => make("th", { scope: "col" }, h)))), body))
      : make("p", { class: "empty" }, empty));
  }

  return { show };
}

function card(id, title, ...children) {
  return make("section", { class: `card ${id}`, "aria-label": title }, make("h3", {}, title), ...children);
}

function left(state, name, thing) {
  const more = state.more?.[name];
  return more > 0 ? [make("p", { class: "empty" }, `and ${plural(more, `more ${thing}`)}`)] : [];
}

function textOf(value) {
  return typeof value === "string" ? value : value.text ?? value.name ?? JSON.stringify(value);
}

function slotsOf(element) {
  return element.values ?? (element.value === undefined ? [] : [element.value]);
}

// Bytes as hex in groups of four, those past the size hatched: padding, which belongs to the slot and to no value.
function bytes(hex, size) {
  if (typeof hex !== "string") {
    return make("span", { class: "bytes" }, hex === null || hex === undefined ? "–" : JSON.stringify(hex));
  }
  const shown = hex.slice(0, mostBytes * 2);
  const value = shown.slice(0, size * 2);
  const padding = shown.slice(size * 2);
  const span = make("span", { class: "bytes", title: hex.length > shown.length ? `${hex.length / 2} bytes` : undefined }, ...groups(value));
  if (padding) {
    span.append(make("span", { class: "padding", title: `${plural(padding.length / 2, "byte")} of padding` }, padding));
  }
  if (hex.length > shown.length) {
    span.append("…");
  }
  return span;
}

function groups(hex) {
  return (hex.match(/.{1,8}/g) ?? []).map((g) => make("span", {}, g));
}

// What the bytes are as an unsigned number, where they are one; zeros are pale.
function number(hex, size) {
  if (typeof hex !== "string" || ![1, 2, 4, 8].includes(size)) {
    return null;
  }
  const bytes = hex.slice(0, size * 2).match(/../g) ?? [];
  const value = BigInt(`0x0${bytes.reverse().join("")}`);
  return make("small", { class: value === 0n ? "zero" : "" }, String(value));
}
