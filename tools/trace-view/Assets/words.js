import { columnOf, field, nameOf } from "./decode.js";
import { errnoOf } from "./model.js";

const addresses = new Set(["source", "destination", "address", "value"]);

/** An address: addresses are kept as signed numbers, and shown as what they are. */
export function hex(n) {
  return typeof n === "string" ? n : "0x" + (n < 0 ? BigInt.asUintN(64, BigInt(n)) : n).toString(16);
}

export function plural(n, thing) {
  return `${n} ${thing}${n === 1 ? "" : "s"}`;
}

export function duration(us) {
  return us < 1000 ? `${us.toFixed(1)} µs` : us < 1e6 ? `${(us / 1000).toFixed(1)} ms` : `${(us / 1e6).toFixed(2)} s`;
}

/** The source line of an event as its place, without folders, and its text; null where the event has none. */
export function sourceOf(trace, e) {
  const line = field(trace, e, "line");
  const parts = line && /^(.*?:\d+)(?: "(.*)")?$/.exec(line);
  return parts ? { line, place: parts[1].replace(/^.*[\\/]/, ""), text: parts[2] ?? "" } : null;
}

/** A field as people read it. */
export function show(name, value) {
  return addresses.has(name) ? hex(value) : String(value);
}

/** All fields of an event: name and text. */
export function payload(trace, e) {
  return trace.kinds[trace.kind[e]].fields.map((name) => [name, show(name, field(trace, e, name))]);
}

const copies = {
  Marshal: (f) => `The library copies ${part(f)} from the application's memory into the request.`,
  BufferIn: (f) => `The I/O manager copies the whole request, ${plural(f("bytes"), "byte")}, into the system buffer.`,
  MapStore: (f) => `The map stores ${part(f)}${f("source") === 0 ? ", written by a program" : " from the system buffer"}.`,
  MapFetch: (f) => `The map puts ${part(f)} into the system buffer.`,
  BufferOut: (f) => `The I/O manager copies the whole reply, ${plural(f("bytes"), "byte")}, out to the process.`,
  Unmarshal: (f) => `The library copies ${part(f)} from the reply into the application's memory.`,
};

function part(f) {
  const slot = f("slot") >= 0 ? `CPU ${f("slot")}'s slot of ` : "";
  return `${plural(f("bytes"), "byte")} of ${slot}element ${f("element")}`;
}

function layout(f) {
  return f("cpus") > 1
    ? `key ${f("keySize")}, value ${f("valueSize")}: ${f("cpus")} CPUs × ${f("stride")} = ${f("total")} bytes a value`
    : `key ${f("keySize")}, value ${f("valueSize")}: ${f("total")} bytes a value`;
}

function check(trace, id) {
  return trace.checks[id] ? `${trace.checks[id].code} ${id}` : id;
}

/** A number of a check by the name that it stands for, else in digits. */
export function checkNumber(row, number) {
  // A column with a number past 2^53 is one of hexadecimal strings; the names are those of signed numbers.
  const exact = String(BigInt.asIntN(64, BigInt(number)));
  return row?.names?.[exact] ?? exact;
}

/** What a check expected, in the words of its row: "at most 2"; null where no number says it. */
export function expectation(row, given, expected, passed) {
  const pattern = row ? row.expects[(passed ? 3 : 0) + Math.sign(given - expected) + 1] : "{0}";
  return pattern === null ? null : pattern.replace("{0}", checkNumber(row, expected));
}

function compared(f, trace) {
  const row = trace.checks[f("check")];
  const wanted = expectation(row, f("given"), f("expected"), Boolean(f("passed")));
  return `${f("what")} ${checkNumber(row, f("given"))} given${wanted === null ? "" : `, expected ${wanted}`}`;
}

function atLine(f) {
  return f("line") ? `, at ${f("line")}` : "";
}

function written(f) {
  return f("register") >= 0 ? `r${f("register")} = ${hex(f("value"))}` : "";
}

const sentences = {
  ApiCallStart: (f) => `The application calls ${f("function")}${f("count") > 0 ? ` for ${plural(f("count"), "element")}` : ""}.`,
  ApiCallStop: (f) => errnoOf(f("errno"))
    ? `${f("function")} returns ${f("result")}, ${f("errno")}, to the application.`
    : `${f("function")} returns ${f("result")} to the application${f("count") > 0 ? `, ${plural(f("count"), "element")}` : ""}.`,
  ApplicationBuffer: (f) => `The application's ${f("what")} buffer has ${plural(f("bytes"), "byte")}, at ${hex(f("address"))}.`,
  LibraryOpen: (f) => `Process ${f("processId")} opens the library ${f("version")}, which sees ${plural(f("possibleCpus"), "possible CPU")}.`,
  BatchLayout: (f) => `The library counts with ${layout(f)}; ${plural(f("elementsPerMessage"), "element")} fit a message.`,
  MapLayout: (f) => `The kernel's map ${f("mapId")} has ${layout(f)}.`,
  ErrnoMapped: (f) => `${f("status")} became ${f("win32")}, then ${f("result")}, then ${f("errno") || "0"}.`,
  Copy: (f) => copies[f("stage")]?.(f) ?? `${f("stage")}: ${part(f)}.`,
  SizeCheck: (f, trace) => `Check ${check(trace, f("check"))} ${f("passed") ? "passes" : "fails"}: ${compared(f, trace)}.`,
  InvalidArgument: (f, trace) => `${f("site")} refuses by check ${check(trace, f("check"))}: ${f("result")}, ${f("errno")}.`,
  AccessViolation: (f) => `Access violation: process ${f("processId")} cannot ${f("access")} at ${hex(f("address"))}; ${plural(f("length"), "byte")} were wanted by ${f("site")}.`,
  IoctlStart: (f) => `A request crosses into the kernel: ${f("operation")}, ${plural(f("inputLength"), "byte")}, with room for ${f("outputLength")}.`,
  MapHelper: (f) => `Program ${f("programId")} calls ${f("helper")} on map ${f("mapId")}: ${f("result")}${atLine(f)}.`,
  TailCall: (f) => `Program ${f("programId")} calls slot ${f("index")} of map ${f("mapId")}, program ${f("next")}: ${f("result")}${atLine(f)}.`,
  Printk: (f) => `Program ${f("programId")} says: ${f("text")}${atLine(f)}.`,
  Instruction: (f) => `Program ${f("programId")} '${f("program")}' executes instruction ${f("instruction")}, ${f("text")}${written(f) && ": "}${written(f)}${atLine(f)}.`,
  ProgramFault: (f) => `Program ${f("programId")} '${f("program")}' stops the machine: ${f("text")}${atLine(f)}.`,
  ProgramRefusal: (f) => `Program ${f("section")}/${f("program")} is refused: ${f("text")}${atLine(f)}.`,
  IoctlStop: (f) => `${f("operation")} completes with ${f("status")}, ${plural(f("information"), "byte")}.`,
};

/** An event in words. What has no sentence of its own here speaks with its provider's message. */
export function say(trace, e) {
  const kind = trace.kinds[trace.kind[e]];
  const own = sentences[kind.name];
  if (own) {
    return own((name) => field(trace, e, name), trace);
  }
  if (!kind.message) {
    return `${kind.name}: ${payload(trace, e).map(([n, v]) => `${n} ${v}`).join(", ")}`;
  }
  const text = kind.message.replace(/^Request \{0\}(, CPU \{1\})?: |^CPU \{1\}: /, "").replace(/\{(\d+)\}/g, (_, n) => {
    const at = kind.places.indexOf(Number(n));
    return at >= 0 ? show(kind.fields[at], field(trace, e, kind.fields[at])) : n === "0" ? trace.request[e] : trace.processor[e];
  });
  return text[0].toUpperCase() + text.slice(1) + ".";
}

/** An event for a list: its name, and the one thing that tells it from its neighbours. */
export function brief(trace, e) {
  const name = nameOf(trace, e);
  const f = (n) => field(trace, e, n);
  switch (name) {
    case "Copy": return [name, `${f("stage")} ${f("element") < 0 ? "message" : "#" + f("element")} · ${f("bytes")} B`];
    case "SizeCheck": return [f("passed") ? "check ✓" : "check ✗", f("check")];
    case "InvalidArgument": return ["refused ✗", f("check")];
    case "AccessViolation": return ["fault ✗", `${f("access")} ${hex(f("address"))}`];
    case "IoctlStart": return ["ioctl →", f("operation")];
    case "IoctlStop": return ["ioctl ←", f("status")];
    case "ApiCallStart": return ["call", f("function")];
    case "ApiCallStop": return ["return", errnoOf(f("errno")) || String(f("result"))];
    case "MapHelper": return ["helper", `${String(f("helper")).replace(/^bpf_/, "")} · map ${f("mapId")}`];
    case "Instruction": return ["instr", `${f("instruction")}: ${f("text")}${written(f) && " · "}${written(f)}`];
    case "InstructionsNotRecorded": return ["run", `${f("program")}, ${f("engine")}: shows no instructions`];
    case "ProgramFault": return ["stop ✗", `${f("kind")} · ${sourceOf(trace, e)?.place ?? `instruction ${f("instruction")}`}`];
    case "ProgramRefusal": return ["refused ✗", `${f("program")} · ${sourceOf(trace, e)?.place ?? `instruction ${f("instruction")}`}`];
    case "TailCall": return ["tail call", `slot ${f("index")} of map ${f("mapId")}`];
    case "ProgramInvoke": return ["program", `${f("name")} = ${f("returnValue")}`];
    case "HookInvoke": return ["hook", `link ${f("linkId")} · program ${f("programId")} = ${f("result")}`];
    case "Printk": return ["printk", f("text")];
    case "PoolAllocate": return ["pool +", `${f("tag")} · ${f("bytes")} B`];
    case "PoolFree": return ["pool −", `${f("tag")} · ${f("bytes")} B`];
    case "ApplicationBuffer": return ["buffer", `${f("what")} · ${f("bytes")} B`];
    case "RingSubmit":
    case "RingDiscard":
    case "RingLost": return [`ring ${name.slice(4).toLowerCase()}`, `map ${f("mapId")} · ring ${f("ring")} · ${f("bytes")} B`];
    default: {
      const kind = trace.kinds[trace.kind[e]];
      return [name, kind.fields.slice(0, 3).map((n, i) => columnOf(kind, i) && show(n, f(n))).join(" · ")];
    }
  }
}
