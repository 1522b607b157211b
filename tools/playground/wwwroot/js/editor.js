import { make } from "../trace/strips.js";
import { complete } from "./completion.js";
import { tokenize } from "./highlight.js";

/**
 * The editor: a text field, so that every browser, keyboard and screen reader can use it, over a mirror of the same text with colours, line
 * numbers and marks. changed is told of every change of the text.
 */
export function makeEditor(changed) {
  const area = document.getElementById("script");
  const mirror = document.getElementById("mirror");
  const list = document.getElementById("offers");
  const hint = document.getElementById("hint");
  const errors = document.getElementById("errors");
  let words = { ops: [] };
  let shown = []; // The text of each line of the mirror.
  let diagnostics = [];
  let current = -1; // The line of the step, from 1.
  let completion = null;
  let chosen = 0;

  area.addEventListener("input", () => {
    draw();
    setDiagnostics([]);
    offer(false);
    changed();
  });
  area.addEventListener("scroll", follow, { passive: true });
  area.addEventListener("keydown", key);
  area.addEventListener("click", () => { close(); tellHint(); });
  area.addEventListener("keyup", tellHint);
  area.addEventListener("blur", () => { close(); hint.hidden = true; });
  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("[data-offer]");
    if (row) {
      event.preventDefault();
      accept(Number(row.dataset.offer));
    }
  });
  new ResizeObserver(follow).observe(area);

  const lines = () => area.value.split("\n");

  // Lines that did not change keep their elements: a long script is typed into as fast as a short one.
  function draw() {
    const now = lines();
    let same = 0;
    while (same < now.length && same < shown.length && now[same] === shown[same]) {
      same++;
    }
    let tail = 0;
    while (tail < now.length - same && tail < shown.length - same && now[now.length - 1 - tail] === shown[shown.length - 1 - tail]) {
      tail++;
    }
    const before = mirror.children[shown.length - tail] ?? null;
    for (let i = shown.length - tail; i > same; i--) {
      mirror.children[same].remove();
    }
    for (let i = same; i < now.length - tail; i++) {
      mirror.insertBefore(drawLine(now[i]), before);
    }
    shown = now;
    mark();
    follow();
  }

  function drawLine(text) {
    const line = make("div", { class: "line" });
    for (const token of tokenize(text)) {
      line.append(token.type === "space" || token.type === "other" ? token.text : make("span", { class: token.type }, token.text));
    }
    if (text === "") {
      line.append("\u200b");
    }
    return line;
  }

  function mark() {
    const bad = new Set(diagnostics.map((d) => d.line));
    const ranges = diagnostics.slice(0, 100).map((d) => mirror.children[d.line - 1] && rangeOf(mirror.children[d.line - 1], d.column - 1, d.column - 1 + d.length));
    globalThis.CSS?.highlights?.set("error", new Highlight(...ranges.filter((r) => r)));
    for (let i = 0; i < mirror.children.length; i++) {
      mirror.children[i].classList.toggle("bad", bad.has(i + 1));
      mirror.children[i].classList.toggle("current", i + 1 === current);
    }
  }

  function follow() {
    mirror.style.width = `${area.clientWidth}px`;
    mirror.style.transform = `translateY(${-area.scrollTop}px)`;
    place(list);
    tellHint();
  }

  /** Shows errors: { line, column, message }, both from 1. */
  function setDiagnostics(found) {
    diagnostics = found;
    area.setAttribute("aria-invalid", String(found.length > 0));
    errors.replaceChildren(...found.slice(0, 20).map((d) => {
      const button = make("button", { type: "button" }, make("b", {}, `Line ${d.line}`), ` ${d.message}`);
      button.addEventListener("click", () => goTo(d.line, d.column ?? 1));
      return make("li", {}, button);
    }));
    mark();
    tellHint();
  }

  // The error of the caret's line, right under that line.
  function tellHint() {
    const [number] = caret();
    const found = document.activeElement === area && list.hidden ? diagnostics.find((d) => d.line === number + 1) : null;
    hint.hidden = !found;
    if (found) {
      hint.textContent = found.message;
      const line = mirror.children[number];
      hint.style.top = `${line.offsetTop + line.offsetHeight - area.scrollTop}px`;
    }
  }

  function goTo(line, column = 1) {
    const start = lines().slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
    area.focus();
    area.setSelectionRange(start + column - 1, start + column - 1);
    reveal(line);
    tellHint();
  }

  function reveal(line) {
    const element = mirror.children[line - 1];
    if (element && (element.offsetTop < area.scrollTop || element.offsetTop + element.offsetHeight > area.scrollTop + area.clientHeight)) {
      area.scrollTop = Math.max(0, element.offsetTop - area.clientHeight * 0.4);
    }
  }

  // The caret's line and column, from 0.
  function caret() {
    const before = area.value.slice(0, area.selectionStart).split("\n");
    return [before.length - 1, before.at(-1).length];
  }

  function offer(wasAsked) {
    const [number, column] = caret();
    const all = lines();
    const isTyping = wasAsked || /["\w.]$/.test(all[number].slice(0, column));
    completion = area.selectionStart === area.selectionEnd && isTyping ? complete(words, all, number, column) : null;
    const typed = completion?.typed ?? "";
    const offers = (completion?.offers ?? []).filter((o) => wasAsked || o.text !== typed).slice(0, 100);
    if (offers.length === 0) {
      close();
      return;
    }
    completion.offers = offers;
    completion.number = number;
    list.replaceChildren(...offers.map((o, i) => make("li", { role: "option", id: `offer-${i}`, "data-offer": i },
      make("b", {}, o.label), make("small", {}, o.help))));
    list.hidden = false;
    choose(0);
    place(list);
    hint.hidden = true;
  }

  function place(element) {
    if (element.hidden || !completion) {
      return;
    }
    const box = document.getElementById("editor").getBoundingClientRect();
    const line = mirror.children[completion.number];
    const at = placeOf(line, completion.from) ?? line.getBoundingClientRect();
    element.style.top = `${at.bottom - box.top + 2}px`;
    element.style.left = `${Math.max(0, Math.min(at.left - box.left, box.width - element.offsetWidth - 4))}px`;
  }

  function placeOf(line, column) {
    return rangeOf(line, Math.max(0, column - 1), column)?.getBoundingClientRect();
  }

  // The characters of a line of the mirror, from one column to another, both from 0.
  function rangeOf(line, from, to) {
    if (!(to > from)) {
      return null;
    }
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let passed = 0;
    let isOpen = false;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const length = node.data.length;
      if (!isOpen && from < passed + length) {
        range.setStart(node, from - passed);
        isOpen = true;
      }
      if (isOpen && to <= passed + length) {
        range.setEnd(node, to - passed);
        return range;
      }
      passed += length;
    }
    return null;
  }

  function choose(index) {
    list.children[chosen]?.removeAttribute("aria-selected");
    chosen = (index + list.children.length) % list.children.length;
    const row = list.children[chosen];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", row.id);
  }

  function close() {
    list.hidden = true;
    completion = null;
    chosen = 0;
    area.removeAttribute("aria-activedescendant");
  }

  function accept(index) {
    const { number, from, to, offers } = completion;
    const { text, caret: at } = offers[index];
    const start = lines().slice(0, number).reduce((sum, l) => sum + l.length + 1, 0);
    close();
    area.focus();
    area.setSelectionRange(start + from, start + to);
    // The one way to type for the reader that the field's undo knows of.
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, start + from, start + to, "end");
      area.dispatchEvent(new Event("input"));
    }
    area.setSelectionRange(start + from + at, start + from + at);
    close();
  }

  function key(event) {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      offer(true);
    } else if (!list.hidden && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) {
        event.preventDefault();
        choose(Math.min(list.children.length, Math.max(-1, chosen + step)));
      } else if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        accept(chosen);
      } else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        close();
      } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
        close();
      }
    }
  }

  function setText(text) {
    area.value = text;
    area.setSelectionRange(0, 0);
    area.scrollTop = 0;
    close();
    draw();
    setDiagnostics([]);
  }

  function setCurrent(line) {
    current = line;
    mark();
    if (line > 0 && document.activeElement !== area) {
      reveal(line);
    }
  }

  draw();
  return { text: () => area.value, setText, setDiagnostics, setCurrent, goTo, setWords: (w) => { words = w; } };
}
