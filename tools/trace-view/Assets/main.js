import { decode, nameOf } from "./decode.js";
import { buildModel, ending, laneNames, severity, worst } from "./model.js";
import { brief, plural, say } from "./words.js";
import { choices, isFiltering, noFilter } from "./filters.js";
import { make } from "./strips.js";
import { makeLedger } from "./ledger.js";
import { drawCards, drawVerdict } from "./cards.js";
import { indexPrograms } from "./programs.js";
import { makeLanes } from "./lanes.js";
import { makeList } from "./lists.js";
import { makeSteps } from "./steps.js";
import { makeTheme } from "./theme.js";
import { preparePrint } from "./print.js";
import { makeKeys } from "./keys.js";

const $ = (id) => document.getElementById(id);
const filterNames = ["event", "provider", "level", "errno", "map"];

/**
 * Draws a trace in the document, which has the elements of page.html. text: the trace's data; limit: how many of its events are shown. What is
 * returned chooses the request of an event, and changes between light and dark.
 */
export function openTrace(text, limit = Infinity) {
  const trace = decode(text, limit);
  const model = buildModel(trace);
  const programs = indexPrograms(trace);
  const steps = makeSteps(trace, model, (what) => draw(what));
  const state = steps.state;
  const go = (e) => steps.goTo(e);
  let pending = 0;
  let remembering = 0;
  let ready = false;

  tellFacts();
  $("trace").hidden = false;
  const lanes = makeLanes(trace, $("canvas"), $("lane-names"), (index) => steps.go(index));
  const ledger = makeLedger(trace, $("ledger"), go);
  const requests = makeList($("requests"), 44, fillRequest, (i) => steps.select(i === 0 ? null : state.requests[i - 1]));
  const events = makeList($("events"), 24, fillEvent, (i) => steps.go(i));
  const theme = makeTheme($("theme"), () => lanes.readColours());
  preparePrint(trace, steps, $("printed"), lanes);
  fillFilters();
  const showStory = views();
  connect();
  ready = true;
  if (!fromAddress()) {
    steps.select(trace.stopped === null ? worst(model) : model.byId.get(trace.request[trace.stopped]) ?? null, trace.stopped ?? undefined);
  }
  // What a test or a curious reader may ask: how long the page took, from the first byte of its script to the first picture.
  requestAnimationFrame(() => { document.documentElement.dataset.readyMs = String(Math.round(performance.now())); });

  function tellFacts() {
    const facts = [plural(trace.count, "event"), `${trace.lost} lost`, plural(trace.gaps, "gap"), plural(model.requests.length, "request"), plural(trace.cpus, "CPU")];
    $("facts").append(trace.source ? make("code", {}, trace.source) : "", ` ${facts.join(" · ")}`);
    if (trace.cutOff) {
      $("facts").append(make("strong", {}, " The trace is cut off before its end."));
    }
    if (trace.damage) {
      $("facts").append(make("strong", {}, ` The trace is damaged; what follows is not here. It is damaged at ${trace.damage}.`));
    }
    if (trace.lost > 0 || trace.gaps > 0) {
      $("facts").append(make("strong", {}, " Events are missing: what is not here may have happened."));
    }
  }

  function draw(what) {
    if (!ready) {
      return;
    }
    const e = steps.current();
    if (what === "play") {
      $("play").setAttribute("aria-pressed", String(state.timer !== 0));
      $("play").textContent = state.timer ? "❚❚" : "▶▶";
      $("play").setAttribute("aria-label", state.timer ? "Stop" : "Play");
      return;
    }
    if (what !== "event") {
      lanes.setScope(state.events, state.request !== null);
      requests.show(state.requests.length + 1, state.request ? state.requests.indexOf(state.request) + 1 : 0);
      $("requests-count").textContent = state.passes ? `${state.requests.length} of ${model.requests.length}` : String(model.requests.length);
      $("events-count").textContent = String(state.events.length);
      writeFilter();
      $("filter-count").textContent = isFiltering(state.filter) ? " (on)" : "";
      drawVerdict($("verdict"), state.request, trace);
    }
    lanes.setCurrent(state.index);
    events.show(state.events.length, state.index);
    if (e === undefined) {
      $("words").textContent = "No event passes the filter.";
      $("place").textContent = "";
      ledger.show(null);
      $("cards").replaceChildren();
      return;
    }
    $("words").textContent = say(trace, e);
    const where = trace.processor[e] < 0 ? "user mode" : `CPU ${trace.processor[e]}`;
    $("place").textContent = `Step ${state.index + 1} of ${state.events.length} · event ${e} · ${laneNames[trace.lane[e]]} · ${where}`;
    for (const [id, off] of [["first", state.index === 0], ["back", state.index === 0], ["forward", state.index >= state.events.length - 1], ["last", state.index >= state.events.length - 1]]) {
      $(id).disabled = off;
    }
    ledger.show(requestOf(e), e);
    drawCards(trace, $("cards"), requestOf(e), e, programs, go);
    remember(e);
  }

  // In the whole trace, the ledger shows the request of the current event.
  function requestOf(e) {
    const known = state.request ?? model.byId.get(trace.request[e]);
    if (known || nameOf(trace, e) !== "Copy") {
      return known ?? null;
    }
    // A program's own store, outside any call: the ledger of this one copy.
    return { id: 0, events: [e], name: "", severity: severity.none };
  }

  function fillRequest(row, i) {
    if (i === 0) {
      row.append(make("b", {}, "Whole trace"), make("small", {}, plural(trace.count, "event")));
      return;
    }
    const r = state.requests[i - 1];
    const bad = r.severity >= severity.suspect;
    row.classList.add(bad ? "bad" : r.severity === severity.answered ? "answered" : "fine");
    row.append(make("b", {}, make("i", { "aria-hidden": "true" }, bad ? "✗" : r.severity === severity.answered ? "·" : "✓"), `${r.id} ${r.name}`),
      make("small", {}, make("span", {}, ending(r)), make("span", {}, `${plural(r.count, "event")} · ${time(r.duration)}${r.cold ? " cold" : ""}`)));
  }

  function time(us) {
    return us < 1000 ? `${us.toFixed(0)} µs` : us < 1e6 ? `${(us / 1000).toFixed(1)} ms` : `${(us / 1e6).toFixed(2)} s`;
  }

  function fillEvent(row, i) {
    const e = state.events[i];
    const [name, rest] = brief(trace, e);
    row.classList.toggle("bad", name.includes("✗"));
    row.append(make("span", { class: "n" }, String(e)), make("b", {}, name), make("span", {}, String(rest)));
  }

  function fillFilters() {
    const offers = choices(trace, model);
    for (const name of filterNames) {
      const select = $(`filter-${name}`);
      select.append(make("option", { value: "" }, "any"), ...offers[name].map((v) => make("option", { value: v }, v)));
      select.addEventListener("change", readFilter);
    }
    $("filter-request").addEventListener("input", readFilter);
    $("search").addEventListener("input", () => {
      clearTimeout(pending);
      pending = setTimeout(readFilter, 120);
    });
    $("clear").addEventListener("click", () => steps.setFilter(noFilter()));
  }

  function readFilter() {
    const filter = { ...noFilter(), text: $("search").value, request: $("filter-request").value };
    for (const name of filterNames) {
      filter[name] = $(`filter-${name}`).value;
    }
    steps.setFilter(filter);
    document.documentElement.dataset.searched = filter.text;
  }

  function writeFilter() {
    $("search").value = state.filter.text;
    $("filter-request").value = state.filter.request;
    for (const name of filterNames) {
      $(`filter-${name}`).value = state.filter[name];
    }
  }

  function views() {
    const hasStory = $("story").childElementCount > 0;
    const show = (story) => {
      $("story").hidden = !story;
      $("trace").hidden = story;
      $("show-story").setAttribute("aria-pressed", String(story));
      $("show-trace").setAttribute("aria-pressed", String(!story));
    };
    $("views").hidden = !hasStory;
    show(hasStory && !location.hash.includes("request="));
    $("show-story").addEventListener("click", () => show(true));
    $("show-trace").addEventListener("click", () => show(false));
    return (story) => { if (hasStory) { show(story); } };
  }

  // #request=4&event=130 opens that place, so that a link can be sent.
  function fromAddress(hash = location.hash) {
    clearTimeout(remembering);
    const asked = new URLSearchParams(hash.slice(1));
    const request = model.byId.get(Number(asked.get("request")));
    if (!asked.has("request") || !request && asked.get("request") !== "0") {
      return false;
    }
    const event = asked.has("event") ? Number(asked.get("event")) : undefined;
    showStory(false);
    // A link shows its target, even if a filter would hide it.
    if (steps.hides(request, event)) {
      steps.setFilter(noFilter());
    }
    steps.select(request ?? null, event);
    return true;
  }

  function remember(e) {
    clearTimeout(remembering);
    const address = `#request=${state.request?.id ?? 0}&event=${e}`;
    remembering = $("trace").hidden ? 0 : setTimeout(() => history.replaceState(null, "", address), 250);
  }

  function connect() {
    const on = (id, act) => $(id).addEventListener("click", act);
    const actions = {
      forward: () => steps.go(state.index + 1), back: () => steps.go(state.index - 1), first: () => steps.go(0), last: () => steps.go(state.events.length - 1),
      nextTrouble: () => tellTrouble(steps.trouble(1)), previousTrouble: () => tellTrouble(steps.trouble(-1)),
      nextRequest: () => steps.neighbour(1), previousRequest: () => steps.neighbour(-1), play: steps.play,
      zoomIn: () => lanes.zoomBy(0.6), zoomOut: () => lanes.zoomBy(1.7), fit: () => lanes.fit(), panRight: () => lanes.pan(120), panLeft: () => lanes.pan(-120),
      byTime, largerCells: () => ledger.zoomBy(1), smallerCells: () => ledger.zoomBy(-1),
      toLedger: () => $("ledger").querySelector(".cell[tabindex='0']")?.focus(), toRequests: () => $("requests").focus(), toEvents: () => $("events").focus(),
      search: () => $("search").focus(), story: () => showStory($("story").hidden), theme: theme.toggle, help: () => $("help").showModal(),
    };
    on("first", actions.first);
    on("back", actions.back);
    on("play", actions.play);
    on("forward", actions.forward);
    on("last", actions.last);
    on("trouble", actions.nextTrouble);
    on("by", byTime);
    on("in", actions.zoomIn);
    on("out", actions.zoomOut);
    on("fit", actions.fit);
    on("show-help", actions.help);
    $("filters").addEventListener("submit", (event) => event.preventDefault());
    makeKeys(actions, $("help"));
    // remember() may have replaced the address before the event arrives: the event has the one that was asked for.
    addEventListener("hashchange", (event) => fromAddress(new URL(event.newURL).hash));
    $("story").addEventListener("click", (event) => {
      // A link to the current address changes no hash and raises no hashchange.
      if (event.target.closest("a.to-trace")?.hash === location.hash) {
        fromAddress();
      }
    });
  }

  function tellTrouble(found) {
    if (!found) {
      $("words").textContent = "No request failed.";
    }
  }

  function byTime() {
    const on = $("by").getAttribute("aria-pressed") !== "true";
    $("by").setAttribute("aria-pressed", String(on));
    lanes.setByTime(on);
    lanes.setCurrent(state.index);
  }

  function show(e) {
    const request = model.byId.get(trace.request[e]) ?? null;
    steps.select(request, request ? undefined : e);
  }

  return { show, setTheme: theme.set };
}
