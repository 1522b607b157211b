import { hex, plural } from "./words.js";

// A strip is a stretch of memory to scale: a ruler, and rows of cells above one another, all with the same bytes at the same place.

/** An element with attributes and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((c) => c !== null && c !== undefined));
  return element;
}

/**
 * Draws a strip.
 * view: { start, bytes, pixels }, the addresses that the width stands for, and about how wide that is.
 * rows: [{ label, cells, note }]. buffer: what offsets count from. tell: called with a cell's words on hover and focus. go: with its event.
 */
export function drawStrip({ title, view, rows, buffer, tell, go }) {
  const strip = make("div", { class: "strip", role: "group", "aria-label": title });
  strip.append(make("h4", {}, ...heading(title, buffer)), make("span"), ruler(view, buffer));
  for (const row of rows) {
    const lane = make("div", { class: "cells", role: "list", "aria-label": `${row.label}, ${title}` });
    const cells = row.cells.filter((c) => c.start < view.start + view.bytes && c.start + c.bytes > view.start);
    for (const cell of cells) {
      lane.append(drawCell(cell, view, buffer, tell, go));
    }
    if (row.isBounds) {
      lane.classList.add("bounds");
    }
    strip.append(make("span", { class: "row-name" }, row.label), lane);
  }
  return strip;
}

function heading(title, buffer) {
  return [make("b", {}, title), ` ${buffer.known ? `${plural(buffer.bytes, "byte")} at` : "from"} `, make("code", {}, hex(buffer.start))];
}

function place(element, start, bytes, view) {
  const from = Math.max(start, view.start);
  const to = Math.min(start + bytes, view.start + view.bytes);
  element.style.left = `${(from - view.start) / view.bytes * 100}%`;
  element.style.width = `${(to - from) / view.bytes * 100}%`;
}

function drawCell(cell, view, buffer, tell, go) {
  const text = tellCell(cell, buffer);
  const element = make("span", {
    class: `cell ${cell.type}${cell.beyond ? " beyond" : ""}${cell.isCurrent ? " current" : ""}${cell.isPlan ? " plan" : ""}`,
    role: "listitem", tabindex: "-1", "aria-label": text, "data-start": cell.start, "data-bytes": cell.bytes,
  });
  place(element, cell.start, cell.bytes, view);
  const room = Math.min(cell.bytes, view.start + view.bytes - cell.start) / view.bytes * view.pixels / 7.4 - 0.9;
  const label = (cell.beyond ? [`${cell.label} ✗ out of bounds`, `${cell.label} ✗`, `${cell.short ?? ""} ✗`, "✗"] : [cell.label, cell.short ?? ""]).map((t) => t.trim()).find((t) => t.length <= room);
  if (label) {
    element.append(make("span", {}, label));
  }
  element.addEventListener("pointerenter", () => tell(text));
  element.addEventListener("focus", () => tell(text));
  if (go && cell.event !== undefined) {
    element.addEventListener("click", () => go(cell.event));
  }
  return element;
}

const typeWords = {
  key: "key", value: "value", next: "value", padding: "padding", meant: "value as the application meant it", free: "not the application's",
  allocated: "allocated", message: "message", header: "header of the message",
};

/** A cell in words: what, whose, where. */
export function tellCell(cell, buffer) {
  const at = cell.start - buffer.start;
  const element = cell.element >= 0 ? ` of element ${cell.element}` : "";
  const cpu = cell.cpu >= 0 ? `, CPU ${cell.cpu}` : "";
  const bounds = cell.beyond ? `; out of bounds: the buffer ends after byte ${buffer.bytes - 1}` : "";
  return `${typeWords[cell.type] ?? cell.type}${element}${cpu}: ${plural(cell.bytes, "byte")}, offset ${at} to ${at + cell.bytes - 1} of the ${buffer.name}, ` +
    `${hex(cell.start)} to ${hex(cell.start + cell.bytes - 1)}${bounds}`;
}

// Offsets from the buffer's start, at steps that leave room for the numbers.
function ruler(view, buffer) {
  const line = make("div", { class: "ruler", "aria-hidden": "true" });
  const step = [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 65536].find((s) => view.bytes / s <= 14) ?? 131072;
  const first = Math.ceil((view.start - buffer.start) / step) * step;
  for (let at = first; at < view.start - buffer.start + view.bytes; at += step) {
    const mark = make("span", {}, String(at));
    mark.style.left = `${(at + buffer.start - view.start) / view.bytes * 100}%`;
    line.append(mark);
  }
  return line;
}

/** The band that joins the bytes of one strip with where they went in the other. */
export function drawRibbon(from, fromView, to, toView, label, isFailed) {
  const x = (start, view) => Math.min(100, Math.max(0, (start - view.start) / view.bytes * 100));
  const a = [x(from.start, fromView), x(from.start + from.bytes, fromView)];
  const b = to ? [x(to.start, toView), x(to.start + to.bytes, toView)] : [a[0] + (a[1] - a[0]) * 0.3, a[1] - (a[1] - a[0]) * 0.3];
  const band = make("div", { class: `ribbon${isFailed ? " failed" : ""}` });
  band.innerHTML = `<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><polygon points="${a[0]},0 ${a[1]},0 ${b[1]},10 ${b[0]},10"/></svg>`;
  const words = make("span", {}, label);
  words.style.left = `${Math.min(86, Math.max(14, (a[0] + a[1]) / 2))}%`;
  band.append(words);
  return band;
}

/** Makes the cells of a strip one stop of the Tab key, with the arrow keys within. */
export function roam(container) {
  const cells = () => [...container.querySelectorAll(".cell")];
  const first = container.querySelector(".cell.current, .cell.beyond") ?? container.querySelector(".cell");
  first?.setAttribute("tabindex", "0");
  container.addEventListener("keydown", (event) => {
    const all = cells();
    const at = all.indexOf(document.activeElement);
    const to = event.key === "ArrowRight" ? at + 1 : event.key === "ArrowLeft" ? at - 1 : -1;
    if (at >= 0 && to >= 0 && to < all.length && !event.shiftKey) {
      all[at].setAttribute("tabindex", "-1");
      all[to].setAttribute("tabindex", "0");
      all[to].focus();
      event.stopPropagation();
      event.preventDefault();
    }
  });
}
