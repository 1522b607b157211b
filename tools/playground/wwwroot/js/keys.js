import { make } from "../trace/strips.js";

/** Every key of the page; the help is made of the same rows. */
export function makeKeys(actions, dialog) {
  const rows = [
    ["Ctrl+Enter", (e) => (e.ctrlKey || e.metaKey) && e.key === "Enter", "run the script", actions.run],
    ["Alt+→", (e) => e.altKey && e.key === "ArrowRight", "step forward; with Predict first, to the next question", actions.forward],
    ["Alt+←", (e) => e.altKey && e.key === "ArrowLeft", "step back", actions.back],
    ["Alt+Home", (e) => e.altKey && e.key === "Home", "before the first call", actions.first],
    ["Alt+End", (e) => e.altKey && e.key === "End", "last call", actions.last],
    ["Alt+R", (e) => e.altKey && e.code === "KeyR", "reveal the outcome", actions.reveal],
    ["Alt+F", (e) => e.altKey && e.code === "KeyF", "the trace fills the window, and back", actions.enlarge],
    ["Alt+T", (e) => e.altKey && e.code === "KeyT", "light and dark", actions.theme],
    ["F1", (e) => e.key === "F1", "this help", actions.help],
    ["Ctrl+Space", null, "in the script: what may stand here", null],
    ["↑ ↓", null, "in the results: step back and forward", null],
    ["Esc", null, "close what is open; end a run", null],
  ];
  dialog.append(make("h2", { id: "help-head" }, "Keys"),
    make("dl", {}, ...rows.flatMap(([name, , words]) => [make("dt", {}, make("kbd", {}, name)), make("dd", {}, words)])),
    make("p", {}, "Dotted bytes are padding: they belong to a CPU's slot and to no value. Hatched blocks are guard pages. What the last step changed has a bar and a " +
      "yellow ground; what it removed is struck out. A word with a dotted line can be explained: press it."),
    make("p", {}, "The trace has keys of its own while it has the focus: ? lists them."));
  const close = make("button", { type: "button" }, "Close");
  close.addEventListener("click", () => dialog.close());
  dialog.append(close);
  document.addEventListener("keydown", (event) => {
    // On a Mac, Alt moves by words and types letters.
    const isTyping = event.altKey && /Mac/.test(navigator.platform) && event.target.closest("textarea, input");
    if (dialog.open || isTyping) {
      return;
    }
    const row = rows.find(([, is, , act]) => act && is(event));
    if (row) {
      event.preventDefault();
      row[3]();
    } else if (event.key === "Escape" && !event.defaultPrevented) {
      actions.escape();
    }
  });
}
