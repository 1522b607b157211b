import { make } from "../trace/strips.js";
import { makeTheme } from "../trace/theme.js";
import { plural } from "../trace/words.js";
import { readAddress, writeAddress } from "./address.js";
import { readWords } from "./completion.js";
import { makeEditor } from "./editor.js";
import { makeExplain } from "./explain.js";
import { download } from "./files.js";
import { makeKeys } from "./keys.js";
import { makeMachine } from "./machine.js";
import { makePanel } from "./machine-panel.js";
import { preparePrint } from "./print.js";
import { makeQuestion } from "./question.js";
import { callWords, makeResults, tellResult } from "./results.js";
import { makeTracePanel } from "./trace-panel.js";

const $ = (id) => document.getElementById(id);
const first = `# A map with one value for each CPU. Each slot is padded to 8 bytes.
{"op":"num_possible_cpus"}
{"op":"map_create","as":"m","type":"percpu_hash","name":"stats","key_size":4,"value_size":12,"max_entries":8}
{"op":"helper_map_update_elem","cpu":1,"fd":"m","key":"01000000","value":"2a0000000000000000000000"}
{"op":"map_lookup_elem","fd":"m","key":"01000000"}
# The program forgot the CPUs: 12 bytes instead of 4 x 16.
{"op":"map_update_batch","fd":"m","keys":"01000000","values":"0b0000000000000000000000","count":1}
`;

const asText = (value) => typeof value === "string" ? value : JSON.stringify(value);
const asObject = (value) => typeof value === "string" ? JSON.parse(value) : value;

function start() {
  const view = { steps: [], at: -1, shown: 0, predict: false, hasRun: false, cpus: 4, trace: null, outcome: null, boot: null, extra: {} };
  let checking = 0;
  let remembering = 0;
  let drawing = 0;
  let queue = Promise.resolve();
  let current = null; // The run under way.
  let hasWords = false;

  const machine = makeMachine(tellMachine);
  const explain = makeExplain($("explain"), async (term) => asObject(await machine.ask("explain", { text: term })));
  const editor = makeEditor(textChanged);
  const results = makeResults($("results"), (step) => goTo(step), explain);
  const panel = makePanel($("machine"), () => view.cpus);
  const trace = makeTracePanel($("trace"), $("path-note"), explain);
  const question = makeQuestion($("question"), reveal);
  const theme = makeTheme($("theme"), () => trace.setTheme(document.documentElement.dataset.theme ?? ""));
  let examples = [];

  preparePrint();
  connect();
  const asked = readAddress(location.hash);
  panel.show(null);
  trace.set(null, 0);
  const filled = fetchExamples();
  window.kernelsim = { run: (script, options = {}) => runFor(script, options) };
  follow(asked ?? { script: first, options: {}, run: true });

  // Does what an address asks for. Where something is wrong with it, which is told, nothing runs on another machine than the link's.
  async function follow(asked) {
    if (load(asked).length > 0) {
      return;
    }
    if (asked.options.example && asked.script === null) {
      await filled;
      await playExample(asked.options.example, asked.run, asked);
      return;
    }
    check();
    if (asked.run) {
      await runQuietly();
    }
  }

  // The page's own file: it is there whatever becomes of the machine.
  async function fetchExamples() {
    try {
      const found = await fetch("examples.json");
      fillExamples(found.ok ? await found.json() : []);
    } catch (error) {
      tell(`The examples cannot be read: ${error.message}`);
    }
  }

  // The words that the machine knows. Without them the page still runs scripts; the next machine is asked again.
  async function askWords() {
    try {
      const answer = await machine.ask("words");
      editor.setWords(readWords(asObject(answer)));
      hasWords = true;
    } catch {
      // This machine was stopped.
    }
    check();
  }

  function tellMachine(what, reason) {
    document.documentElement.dataset.machine = what;
    $("run").disabled = what !== "ready";
    $("facts").textContent = what === "loading" ? "The machine is loading."
      : what === "ready" ? "The kernel half of eBPF for Windows, in this page." : `The machine does not start: ${reason}`;
    $("facts").classList.toggle("bad", what === "failed");
    if (what === "ready" && !hasWords) {
      askWords();
    }
    if (what === "ready" && !document.documentElement.dataset.readyMs) {
      document.documentElement.dataset.readyMs = String(Math.round(performance.now()));
    }
  }

  function options() {
    return { ...view.extra, cpus: Number($("cpus").value), heap: $("heap").value, library: $("library").value, seed: Number($("seed").value) };
  }

  // Gives what is wrong with them, a sentence each; a wrong option stays as it was.
  function setOptions(wanted) {
    const wrong = [];
    for (const name of ["cpus", "seed", "heap", "library"]) {
      if (wanted[name] === undefined) {
        continue;
      }
      const field = $(name);
      const old = field.value;
      field.value = wanted[name];
      if (!field.checkValidity() || field.value !== String(wanted[name])) {
        const expected = field.options ? [...field.options].map((o) => o.text).join(", ") : `${field.min} to ${field.max}`;
        wrong.push(`${name} ${wanted[name]} given, expected ${expected}.`);
        field.value = old;
      }
    }
    const defects = typeof wanted.defects === "string" ? wanted.defects.split(",") : wanted.defects;
    view.extra = defects?.length > 0 ? { defects } : {};
    return wrong;
  }

  // Gives what is wrong with the state, which is told, and then the address stays as it is.
  function load(state) {
    const wrong = setOptions({ cpus: 4, heap: "guarded", library: "checked", seed: 1, ...state.options });
    $("predict").checked = Boolean(state.predict);
    if (state.script !== null) {
      $("examples").value = "";
      editor.setText(state.script);
    }
    if (state.error) {
      editor.setText("");
      wrong.unshift(state.error);
    }
    if (wrong.length > 0) {
      clearTimeout(remembering);
      tell(wrong.join(" "));
    }
    return wrong;
  }

  function textChanged() {
    $("examples").value = "";
    $("about").hidden = true;
    view.extra = {};
    editor.setCurrent(-1);
    remember();
    clearTimeout(checking);
    checking = setTimeout(check, 300);
  }

  async function check() {
    const script = editor.text();
    try {
      const found = asObject(await machine.ask("check", { script, options: options() }));
      if (script === editor.text()) {
        editor.setDiagnostics(Array.isArray(found) ? found : found.diagnostics ?? []);
      }
    } catch {
      // A machine that is being started anew checks nothing; the run says what is wrong.
    }
  }

  function remember() {
    clearTimeout(remembering);
    remembering = setTimeout(() => history.replaceState(null, "", writeAddress(editor.text(), options(), view.hasRun, $("predict").checked)), 200);
  }

  /** Runs what the editor has; no run may be under way. Gives the steps, or throws what ended the run, with the steps so far. */
  function run() {
    if (current) {
      throw new Error("a run is under way");
    }
    current = runOnce().finally(() => { current = null; });
    return current;
  }

  async function runOnce() {
    if (!$("controls").checkValidity()) {
      $("controls").reportValidity();
      const ranges = ["cpus", "seed"].filter((name) => !$(name).checkValidity()).map((name) => `${name} from ${$(name).min} to ${$(name).max}`);
      const error = new Error(`The machine's options are out of range, expected ${ranges.join(", ")}.`);
      tell(error.message);
      throw error;
    }
    const wanted = options();
    reset(wanted);
    document.documentElement.dataset.run = "running";
    try {
      const outcome = await machine.run({ ...wanted, script: editor.text() }, booted, took);
      view.outcome = outcome;
      await end(outcome);
    } catch (error) {
      results.fail(error.message, error.line);
      tell(error.message);
      view.outcome = { ok: false, error: { message: error.message } };
      throw Object.assign(error, { steps: view.steps });
    } finally {
      $("stop").disabled = true;
      document.documentElement.dataset.run = "ended";
      document.documentElement.dataset.runs = String(Number(document.documentElement.dataset.runs ?? 0) + 1);
      draw();
    }
    if (view.outcome.error) {
      throw Object.assign(new Error(view.outcome.error.message), { line: view.outcome.error.line, steps: view.steps });
    }
    return view.steps;
  }

  function reset(wanted) {
    Object.assign(view, { steps: [], at: -1, shown: 0, trace: null, outcome: null, boot: null });
    Object.assign(view, { predict: $("predict").checked, hasRun: true, cpus: wanted.cpus });
    view.lines = editor.text().split("\n");
    results.clear();
    question.clear();
    $("about").hidden = $("examples").value === "";
    editor.setDiagnostics([]);
    trace.set(null, 0);
    $("stop").disabled = false;
    remember();
  }

  function booted(state) {
    view.boot = state;
    drawing ||= requestAnimationFrame(draw);
  }

  function took(step) {
    view.steps.push(step);
    step.words = callWords(step, view.lines[step.line - 1]);
    step.first = step.events?.[0]?.i;
    if (!view.predict) {
      view.shown = view.steps.length;
      view.at = view.steps.length - 1;
    }
    results.add(step, view.steps.length - 1, !view.predict);
    drawing ||= requestAnimationFrame(draw);
  }

  async function end(outcome) {
    if (outcome.error) {
      // The tool's message begins with the line, which stands beside it here.
      outcome.error.message = outcome.error.message.replace(/^(?:script: )?line \d+: /, "");
      results.fail(outcome.error.message, outcome.error.line);
      editor.setDiagnostics(outcome.error.line ? [outcome.error] : []);
    }
    for (const leak of outcome.leaks ?? []) {
      results.fail(typeof leak === "string" ? leak : leak.text ?? JSON.stringify(leak));
    }
    if (view.steps.length > 0) {
      const answer = await machine.ask("trace").then(asObject).catch((error) => { tell(error.message); return null; });
      view.trace = answer && { json: answer.json, page: asText(answer.page) };
    }
    if (view.predict) {
      view.at = 0;
    }
    draw();
    const last = view.steps[view.shown - 1];
    say(`${plural(view.steps.length, "call")} made.${last ? ` The last one: ${last.op} ${tellResult(last)}.` : ""}`);
  }

  // Draws the step that is chosen: list, machine, trace, editor.
  function draw() {
    drawing = 0;
    const isHidden = view.at >= view.shown;
    const now = isHidden ? view.steps[view.at - 1] : view.steps[view.at];
    const state = now ? now.state : view.boot;
    const before = isHidden || !now ? state : view.steps[view.at - 1]?.state ?? view.boot;
    const step = view.steps[view.at];
    results.mark(view.at);
    editor.setCurrent(step?.line ?? -1);
    const changes = panel.show(state, before);
    $("now-note").textContent = view.steps.length === 0 ? "" : isHidden ? `before line ${step?.line}` : !step ? "before the first call"
      : `after line ${step.line}${changes.length ? ` · ${plural(changes.length, "change")}` : " · nothing changed"}`;
    $("place").textContent = view.steps.length === 0 ? "no step" : `step ${view.at + 1} of ${view.steps.length}`;
    $("first").disabled = $("back").disabled = view.at < 0;
    $("forward").disabled = $("last").disabled = view.at >= (view.predict ? Math.min(view.steps.length - 1, view.shown) : view.steps.length - 1);
    if (view.trace) {
      trace.set(view.trace.page, view.predict ? endOf(view.shown - 1) : Infinity, now?.first);
    }
    if (step && isHidden) {
      question.ask(step, view.at);
    } else if (step && view.predict) {
      question.judge(step, view.at);
    } else {
      question.hide();
    }
    return changes;
  }

  // The first event after a step, in the trace: that of the next step that has any.
  function endOf(index) {
    if (index < 0) {
      return 0;
    }
    const next = view.steps.slice(index + 1).find((s) => s.first !== undefined);
    return next ? next.first : Infinity;
  }

  function goTo(index) {
    const last = view.predict ? Math.min(view.steps.length - 1, view.shown) : view.steps.length - 1;
    view.at = Math.max(-1, Math.min(last, index));
    const changes = draw();
    const step = view.steps[view.at];
    say(!step ? "Before the first call." : view.at >= view.shown ? `Line ${step.line}: ${step.op}. What will it return?`
      : `Line ${step.line}: ${step.op} ${tellResult(step)}. ${changes.slice(0, 5).join(", ")}`);
  }

  function reveal() {
    if (view.at >= 0 && view.at === view.shown && view.shown < view.steps.length) {
      view.shown++;
      results.show(view.steps[view.at], view.at);
      const changes = draw();
      say(`${tellResult(view.steps[view.at])}. ${$("question").textContent} ${changes.slice(0, 5).join(", ")}`);
      $("forward").focus();
    }
  }

  function say(text) {
    $("live").textContent = text;
  }

  function tell(text) {
    $("about").hidden = false;
    $("about").textContent = text;
    say(text);
  }

  function fillExamples(answer) {
    examples = Array.isArray(answer) ? answer : answer.examples ?? [];
    const groups = new Map();
    for (const e of examples) {
      groups.set(e.group ?? "Examples", [...groups.get(e.group ?? "Examples") ?? [], e]);
    }
    $("examples").append(...[...groups].map(([label, rows]) => make("optgroup", { label }, ...rows.map((e) => make("option", { value: e.id }, e.title)))));
    $("examples").disabled = examples.length === 0;
  }

  // link: what an address asks for besides the example.
  async function playExample(id, runs, link = { options: {} }) {
    const example = examples.find((e) => e.id === id);
    if (!example) {
      tell(`Example '${id}' given, expected one of the menu.`);
      return;
    }
    load({
      script: example.script, options: { ...example.options, ...link.options }, predict: link.predict ?? example.predict ?? $("predict").checked,
    });
    $("examples").value = id;
    if (example.text) {
      tell(example.text);
    }
    check();
    remember();
    if (runs) {
      await runQuietly();
    }
  }

  // For a reader, who wants what is in the editor now: what still runs is ended.
  async function runQuietly() {
    if (machine.isRunning()) {
      machine.stop("another run was started");
    }
    while (current) {
      await current.catch(() => { /* The list of results says it. */ });
    }
    await run().catch(() => { /* Likewise. */ });
  }

  // The interface for pages that embed this one: one run after another, each the result objects of its calls.
  function runFor(script, wanted) {
    const next = queue.then(async () => {
      while (current) {
        await current.catch(() => { /* Its own caller has it. */ });
      }
      const wrong = load({ script: String(script), options: wanted, predict: wanted.predict });
      if (wrong.length > 0) {
        throw Object.assign(new Error(wrong.join(" ")), { results: [] });
      }
      try {
        return resultsOf(await run());
      } catch (error) {
        throw Object.assign(error, { results: resultsOf(error.steps ?? []) });
      }
    });
    queue = next.catch(() => { /* The caller has it. */ });
    return next;
  }

  function resultsOf(steps) {
    return steps.map((s) => Object.defineProperties(JSON.parse(s.result), { line: { value: s.line }, text: { value: s.result } }));
  }

  function exportPicture() {
    const step = view.steps[view.at];
    const from = step?.first ?? 0;
    const end = step ? Math.min(endOf(view.at), from + (step.events?.length ?? 0)) : Infinity;
    return import("./picture.js").then(({ drawPicture }) =>
      download("kernelsim.svg", "image/svg+xml", drawPicture(view.trace.page, step ? `Line ${step.line}: ${step.words} ${tellResult(step)}` : "The run", from, end)));
  }

  function connect() {
    const on = (id, act) => $(id).addEventListener("click", act);
    const actions = {
      run: runQuietly, forward: () => goTo(view.at + 1), back: () => goTo(view.at - 1), first: () => goTo(-1), last: () => goTo(view.steps.length - 1),
      reveal: () => question.answer(), enlarge, theme: theme.toggle, help: () => $("help").showModal(), escape,
    };
    for (const name of ["forward", "back", "first", "last"]) {
      on(name, actions[name]);
    }
    on("enlarge", enlarge);
    on("show-help", actions.help);
    on("stop", () => machine.stop());
    $("controls").addEventListener("submit", (event) => {
      event.preventDefault();
      runQuietly();
    });
    $("controls").addEventListener("change", (event) => {
      if (event.target.id === "examples") {
        playExample(event.target.value, true);
      } else {
        remember();
      }
    });
    $("results").addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !event.altKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        goTo(view.at + step);
      }
    });
    addEventListener("hashchange", (event) => {
      const asked = readAddress(new URL(event.newURL).hash);
      if (asked) {
        follow(asked);
      }
    });
    connectExports(on);
    makeKeys(actions, $("help"));
  }

  function connectExports(on) {
    const needsTrace = (isKeptBack, refusal, act) => () =>
      tellOr(view.trace ? isKeptBack() && refusal : "There is no trace yet: run the script first.", act);
    const tellOr = (refusal, act) => refusal ? tell(refusal) : act();
    const hides = () => view.shown < view.steps.length;
    on("export-script", () => download("lab.jsonl", "application/jsonl", editor.text()));
    on("export-results", () => tellOr(hides() && "Reveal all outcomes first: the results have them.",
      () => download("results.jsonl", "application/jsonl", view.steps.map((s) => `${s.result}\n`).join(""))));
    on("export-trace", needsTrace(hides, "Reveal all outcomes first: the trace has them.",
      () => download("trace.jsonl", "application/jsonl", view.trace.json)));
    on("export-picture", needsTrace(() => hides() && (view.at < 0 || view.at >= view.shown), "Reveal the outcome first: the picture has it.",
      exportPicture));
    on("export-link", async () => {
      const link = new URL(writeAddress(editor.text(), options(), true, $("predict").checked), location.href).href;
      try {
        await navigator.clipboard.writeText(link);
        tell("The link is in the clipboard.");
      } catch {
        tell(link);
      }
    });
    $("export").addEventListener("click", (event) => {
      if (event.target.closest("button")) {
        $("export").open = false;
      }
    });
  }

  function enlarge() {
    const isLarge = document.documentElement.classList.toggle("large-trace");
    $("enlarge").setAttribute("aria-pressed", String(isLarge));
    $("enlarge").textContent = isLarge ? "Back" : "Enlarge";
  }

  function escape() {
    if (document.documentElement.classList.contains("large-trace")) {
      enlarge();
    } else if (machine.isRunning()) {
      machine.stop();
    }
  }
}

start();
