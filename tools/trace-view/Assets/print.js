import { say } from "./words.js";
import { make } from "./strips.js";

const mostRows = 300;

/** What paper needs and a screen does not: the events of the request as a table, light colours, and the whole request in the lanes. */
export function preparePrint(trace, steps, section, lanes) {
  addEventListener("beforeprint", () => {
    const root = document.documentElement;
    root.dataset.screen = root.dataset.theme ?? "";
    root.dataset.theme = "light";
    section.replaceChildren(table());
    lanes.readColours();
    lanes.draw();
  });
  addEventListener("afterprint", () => {
    const root = document.documentElement;
    if (root.dataset.screen) {
      root.dataset.theme = root.dataset.screen;
    } else {
      delete root.dataset.theme;
    }
    section.replaceChildren();
    lanes.readColours();
  });

  function table() {
    const { events, index, request } = steps.state;
    const first = Math.max(0, Math.min(index - mostRows / 2, events.length - mostRows));
    const shown = Array.from(events.slice(first, first + mostRows));
    const more = events.length > shown.length ? `, ${shown.length} of ${events.length} around the current one` : "";
    const body = make("tbody", {}, ...shown.map((e, i) => make("tr", { class: first + i === index ? "here" : "" },
      make("td", {}, String(e)), make("td", {}, trace.processor[e] < 0 ? "user" : `CPU ${trace.processor[e]}`), make("td", {}, say(trace, e)))));
    return make("table", {}, make("caption", {}, `Events of ${request ? `request ${request.id}` : "the trace"}${more}`),
      make("thead", {}, make("tr", {}, ...["event", "where", "what"].map((t) => make("th", { scope: "col" }, t)))), body);
  }
}
