import { isFiltering, matching, noFilter } from "./filters.js";
import { severity, telling } from "./model.js";

/**
 * Where the reader is: which request, which of its events, through which filter. Everything on the page draws from here, and every key and
 * button ends here.
 */
export function makeSteps(trace, model, changed) {
  const state = { request: null, events: model.whole, index: 0, filter: noFilter(), passes: null, requests: model.requests, timer: 0 };

  const current = () => state.events[state.index];

  function scope(request) {
    const all = request ? request.events : model.whole;
    return state.passes ? all.filter((e) => state.passes[e]) : all;
  }

  // The place in the events in view that is nearest to an event from before.
  function indexOf(e) {
    const at = state.events.findIndex((x) => x >= e);
    return at >= 0 ? at : Math.max(0, state.events.length - 1);
  }

  function select(request, e) {
    state.request = request;
    state.events = scope(request);
    state.index = e !== undefined ? indexOf(e) : request && state.events.length > 0 ? indexOf(request.events[telling(trace, request)]) : 0;
    changed("scope");
  }

  function go(index) {
    const to = Math.min(state.events.length - 1, Math.max(0, index));
    if (to >= 0 && to !== state.index) {
      state.index = to;
      changed("event");
    }
  }

  function goTo(e) {
    if (!state.events.includes(e) && state.passes) {
      setFilter(noFilter());
    }
    go(indexOf(e));
  }

  // Whether the filter hides an event, or any of a request's.
  function hides(request, e) {
    return state.passes !== null && (e !== undefined && !state.passes[e] || Boolean(request?.events.some((x) => !state.passes[x])));
  }

  // The next or previous request that went wrong, around the ends. Answers such as the end of an iteration count when nothing is worse.
  function trouble(step) {
    const worst = state.requests.reduce((most, r) => Math.max(most, r.severity), severity.none);
    const bad = state.requests.filter((r) => r.severity >= Math.min(worst, severity.suspect) && r.severity > severity.none);
    if (bad.length === 0) {
      return false;
    }
    const here = current() ?? 0;
    const at = bad.indexOf(state.request);
    const next = at >= 0 ? (at + step + bad.length) % bad.length
      : step > 0 ? Math.max(0, bad.findIndex((r) => r.first > here)) : bad.findLastIndex((r) => r.first < here);
    select(bad[next < 0 ? bad.length - 1 : next]);
    return true;
  }

  // The neighbour in the list of requests; the whole trace stands before the first.
  function neighbour(step) {
    const at = state.requests.indexOf(state.request) + step;
    if (at < state.requests.length) {
      select(at < 0 ? null : state.requests[at]);
    }
  }

  function setFilter(filter) {
    const e = current();
    state.filter = filter;
    state.passes = isFiltering(filter) ? matching(trace, model, filter) : null;
    state.requests = state.passes ? model.requests.filter((r) => r.events.some((x) => state.passes[x])) : model.requests;
    if (state.request && !state.requests.includes(state.request) && state.requests.length > 0) {
      select(state.requests[0]);
    } else {
      state.events = scope(state.request);
      state.index = e === undefined ? 0 : indexOf(e);
      changed("scope");
    }
    changed("filter");
  }

  function play() {
    if (state.timer) {
      clearInterval(state.timer);
      state.timer = 0;
    } else {
      if (state.index >= state.events.length - 1) {
        go(0);
      }
      state.timer = setInterval(() => {
        go(state.index + 1);
        if (state.index >= state.events.length - 1) {
          play();
        }
      }, 650);
    }
    changed("play");
  }

  return { state, current, select, go, goTo, hides, trouble, neighbour, setFilter, play };
}
