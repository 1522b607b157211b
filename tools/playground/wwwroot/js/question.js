import { make } from "../trace/strips.js";

/** Predict first: asks what a call will return, before its outcome is shown, and compares. */
export function makeQuestion(section, reveal) {
  const predictions = new Map(); // By step.
  let asked = -1;

  function clear() {
    predictions.clear();
    hide();
  }

  function hide() {
    section.hidden = true;
    section.replaceChildren();
    asked = -1;
  }

  function ask(step, index) {
    if (asked === index) {
      return;
    }
    asked = index;
    section.hidden = false;
    const input = make("input", { id: "prediction", type: "text", autocomplete: "off", spellcheck: "false", placeholder: "0, -22, EINVAL, fault, value bytes …" });
    const form = make("form", {}, make("label", { for: "prediction" }, make("b", {}, `Line ${step.line}: ${step.words}.`), " What will it return?"),
      input, make("button", { type: "submit", class: "main", id: "reveal", title: "Alt+R" }, "Reveal"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer();
    });
    section.replaceChildren(form);
  }

  /** Keeps what was typed, and shows the outcome. */
  function answer() {
    if (asked >= 0) {
      predictions.set(asked, document.getElementById("prediction").value.trim());
      reveal();
    }
  }

  /** Compares the prediction of a step with its outcome. */
  function judge(step, index) {
    const given = predictions.get(index);
    asked = -1;
    if (!given) {
      hide();
      return "";
    }
    const isRight = agrees(given, JSON.parse(step.result));
    const words = isRight ? `You predicted ${given}: right.` : `You predicted ${given}; look at what happened instead.`;
    section.hidden = false;
    section.replaceChildren(make("p", { class: isRight ? "right" : "wrong" }, make("b", {}, isRight ? "✓ " : "✗ "), words));
    return words;
  }

  return { clear, hide, ask, answer, judge };
}

/** Whether a prediction names the outcome: its number, its errno, its fault, or one of its values. */
export function agrees(given, outcome) {
  const wanted = given.toLowerCase().replace(/^"|"$/g, "");
  if (outcome.fault) {
    return /fault|crash|violation/.test(wanted);
  }
  const numbers = [outcome.ret, outcome.errno ? Math.abs(outcome.ret) : outcome.ret].map(String);
  const texts = Object.entries(outcome).filter(([name]) => name !== "ret").map(([, value]) => String(value).toLowerCase());
  return numbers.includes(wanted) || texts.includes(wanted.replace(/^-(?=[a-z])/, "")) || (/^(ok|success)$/.test(wanted) && outcome.ret >= 0);
}
