import { make } from "./strips.js";

/** Every key of the page: what it does in words, and the doing. The help is made of the same rows. */
export function makeKeys(actions, dialog) {
  const rows = [
    ["→", ["ArrowRight"], "step forward", actions.forward],
    ["←", ["ArrowLeft"], "step back", actions.back],
    ["Home", ["Home"], "first event", actions.first],
    ["End", ["End"], "last event", actions.last],
    ["N", ["n"], "next failing request", actions.nextTrouble],
    ["Shift+N", ["N"], "previous failing request", actions.previousTrouble],
    ["]", ["]"], "next request", actions.nextRequest],
    ["[", ["["], "previous request", actions.previousRequest],
    ["Space", [" "], "play and stop", actions.play],
    ["+", ["+", "="], "zoom in", actions.zoomIn],
    ["−", ["-"], "zoom out", actions.zoomOut],
    ["0", ["0"], "fit the whole request", actions.fit],
    ["Shift+→", ["Shift+ArrowRight"], "pan right", actions.panRight],
    ["Shift+←", ["Shift+ArrowLeft"], "pan left", actions.panLeft],
    ["X", ["x"], "space events by time or evenly", actions.byTime],
    [".", ["."], "larger cells in the ledger", actions.largerCells],
    [",", [","], "more bytes in the ledger", actions.smallerCells],
    ["L", ["l"], "to the ledger's cells (arrows move within)", actions.toLedger],
    ["R", ["r"], "to the list of requests (arrows move within)", actions.toRequests],
    ["E", ["e"], "to the list of events (arrows move within)", actions.toEvents],
    ["/", ["/"], "search", actions.search],
    ["S", ["s"], "story and trace", actions.story],
    ["T", ["t"], "light and dark", actions.theme],
    ["?", ["?"], "this help", actions.help],
    ["Esc", [], "close the help; leave the search", null],
  ];
  const byKey = new Map(rows.flatMap(([, keys, , act]) => keys.map((k) => [k, act])));

  dialog.append(make("h2", { id: "help-head" }, "Keys"),
    make("dl", {}, ...rows.flatMap(([name, , words]) => [make("dt", {}, make("kbd", {}, name)), make("dd", {}, words)])),
    make("p", {}, "On the lanes: the wheel zooms, dragging pans, a click goes to the nearest event. Squares are copies, dots are checks that passed, " +
      "triangles are crossings, circles are calls and returns, red diamonds are refusals, red stars are access violations."));
  const close = make("button", { type: "button" }, "Close");
  close.addEventListener("click", () => dialog.close());
  dialog.append(close);

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.key === "Escape" && target.id === "search") {
      // The browser would empty the field: what was searched for stays.
      event.preventDefault();
      target.blur();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || dialog.open || target.closest("input, select, textarea")) {
      return;
    }
    if (event.key === " " && target.closest("button, summary, a")) {
      return;
    }
    const act = byKey.get(event.shiftKey && event.key.startsWith("Arrow") ? `Shift+${event.key}` : event.key);
    if (act) {
      event.preventDefault();
      act();
    }
  });
}
