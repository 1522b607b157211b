// The parts of a line of a lab script: what an editor colours, and what completion asks about.

const tokens = /"(?:[^"\\]|\\.)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{}[\],:]|[A-Za-z_]+|\s+|./g;

/** A line as tokens: { type, text, start }. Types: comment, key, op, string, hex, number, word, mark, space, other. */
export function tokenize(line) {
  if (/^\s*#/.test(line)) {
    return [{ type: "comment", text: line, start: 0 }];
  }
  const found = [];
  let key = "";
  let expectsValue = false;
  for (const match of line.matchAll(tokens)) {
    const text = match[0];
    let type = "other";
    if (text[0] === '"') {
      if (expectsValue) {
        type = key === "op" ? "op" : /^"[0-9a-f]{2,}"$/.test(text) && text.length % 2 === 0 ? "hex" : "string";
        expectsValue = false;
      } else {
        type = "key";
        key = text.replaceAll('"', "");
      }
    } else if (text === ":") {
      type = "mark";
      expectsValue = true;
    } else if (/^[{}[\],]$/.test(text)) {
      type = "mark";
      expectsValue &&= text === "[" || text === "{";
    } else if (/^-?\d/.test(text)) {
      type = "number";
      expectsValue = false;
    } else if (/^[A-Za-z_]/.test(text)) {
      type = ["true", "false", "null"].includes(text) ? "word" : "other";
      expectsValue = false;
    } else if (text.trim() === "") {
      type = "space";
    }
    found.push({ type, text, start: match.index });
  }
  return found;
}

/** The op of a line, as far as it is written. */
export function opOf(line) {
  return /"op"\s*:\s*"([^"]*)"/.exec(line)?.[1] ?? "";
}

/** The fields that a line names. */
export function fieldsOf(line) {
  return tokenize(line).filter((t) => t.type === "key" && t.text.length > 1 && t.text.endsWith('"')).map((t) => t.text.slice(1, -1));
}

/** The names that the lines before one have given with "as". */
export function namesBefore(lines, end) {
  const names = lines.slice(0, end).flatMap((line) => /^\s*#/.test(line) ? [] : [...line.matchAll(/"as"\s*:\s*"([^"]+)"/g)].map((m) => m[1]));
  return [...new Set(names)];
}
