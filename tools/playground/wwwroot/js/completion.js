import { fieldsOf, namesBefore, opOf, tokenize } from "./highlight.js";

/** The machine's words as completion wants them: ops { name, help, fields }, fields { name, kind, required, help, values }. */
export function readWords(raw) {
  const types = raw.map_types.map((t) => ({ name: t.name, help: `type ${t.number}` }));
  return {
    ops: raw.ops.map((op) => ({
      name: op.op, help: op.does ?? "",
      fields: op.fields.map((f) => ({
        name: f.name, kind: f.kind, required: !f.optional, help: plain(f.means),
        values: [
          ...(f.kind === "map_type" ? types : []), ...f.words.map((name) => ({ name, help: "" })),
          ...f.flags.map((flag) => ({ name: flag.value, label: `${flag.value} ${flag.name}`, help: flag.means })),
        ],
      })),
    })),
  };
}

// Without the marks of Markdown.
function plain(text) {
  return (text ?? "").replaceAll("`", "");
}

/**
 * What may stand at a place of a script. words: the ops with their fields. Gives { from, to, offers }, the part of the line that an offer
 * replaces, or null where nothing can be said. An offer: { text, label, help, caret }, caret the place of the caret in its text.
 */
export function complete(words, lines, number, column) {
  const line = lines[number];
  if (/^\s*#/.test(line)) {
    return null;
  }
  const before = line.slice(0, column);
  if (before.trim() === "" && line.trim() === "") {
    return { from: 0, to: line.length, offers: words.ops.map((op) => ({ ...skeleton(op), label: op.name, help: op.help ?? "" })) };
  }
  const place = placeAt(line, column);
  const op = words.ops.find((o) => o.name === opOf(line));
  if (place.kind === "key") {
    return { ...place, offers: matching(keys(words, op, line, place.typed), place.typed) };
  }
  if (place.kind !== "value") {
    return null;
  }
  const values = place.key === "op" ? words.ops : valuesOf(op, place.key, lines, number);
  const written = (v) => typeof v.name === "number" || place.isString ? String(v.name) : `"${v.name}"`;
  const fit = values.filter((v) => typeof v.name !== "number" || !place.isString);
  return { ...place, offers: matching(fit.map((v) => offer(written(v), v.label ?? String(v.name), v.help)), place.typed) };
}

function offer(text, label, help) {
  return { text, label, help: help ?? "", caret: text.length };
}

// A call with the fields that it needs, and the caret in the first empty one.
function skeleton(op) {
  const needed = op.fields.filter((f) => f.required && f.name !== "op");
  const parts = [`"op":"${op.name}"`, ...needed.map((f) => `"${f.name}":${isNumber(f) ? "" : '""'}`)];
  const text = `{${parts.join(",")}}`;
  const gap = /:""|:(?=[,}])/.exec(text);
  return gap ? { text, caret: gap.index + (gap[0] === ":" ? 1 : 2) } : { text, caret: text.length };
}

function isNumber(field) {
  return ["number32", "number64", "processor", "microseconds"].includes(field.kind);
}

function keys(words, op, line, typed) {
  const used = new Set(fieldsOf(line));
  const all = op ? op.fields : words.ops.flatMap((o) => o.fields);
  const names = new Map(all.map((f) => [f.name, f]));
  if (!op && !used.has("op")) {
    names.set("op", { name: "op", help: "The call." });
  }
  return [...names.values()].filter((f) => !used.has(f.name) || f.name === typed)
    .map((f) => offer(f.name, f.name, [f.required ? "needed" : "", f.help].filter(Boolean).join(": ")));
}

function valuesOf(op, key, lines, number) {
  const field = op?.fields.find((f) => f.name === key);
  const names = field && ["descriptor", "object_name"].includes(field.kind)
    ? namesBefore(lines, number).map((name) => ({ name, help: "named by a line before" })) : [];
  return [...names, ...field?.values ?? []];
}

function matching(offers, typed) {
  const wanted = typed.toLowerCase();
  const starts = offers.filter((o) => o.label.toLowerCase().startsWith(wanted));
  return [...starts, ...offers.filter((o) => !starts.includes(o) && o.label.toLowerCase().includes(wanted))];
}

// Whether the caret stands in a key or in a value, which key's, and what has been typed of it.
function placeAt(line, column) {
  const all = tokenize(line);
  const at = all.findIndex((t) => t.start < column && column <= t.start + t.text.length && t.type !== "space" && t.type !== "mark");
  const token = all[at];
  const previous = all.slice(0, at >= 0 ? at : all.findLastIndex((t) => t.start < column) + 1).filter((t) => t.type !== "space");
  const colon = previous.at(-1)?.text === ":";
  const key = colon ? previous.at(-2)?.text.replaceAll('"', "") : "";
  if (!token) {
    return colon ? { kind: "value", key, isString: false, from: column, to: column, typed: "" } : { kind: "none" };
  }
  const isString = token.text[0] === '"';
  const isClosed = isString && token.text.length > 1 && token.text.endsWith('"');
  if (isClosed && column === token.start + token.text.length) {
    return { kind: "none" };
  }
  const from = token.start + (isString ? 1 : 0);
  const to = token.start + token.text.length - (isClosed ? 1 : 0);
  return { kind: colon ? "value" : isString ? "key" : "none", key, isString, from, to: isString && !isClosed ? column : to, typed: line.slice(from, column) };
}
