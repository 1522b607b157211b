import { columnOf, nameOf } from "./decode.js";
import { laneNames } from "./model.js";
import { brief, sourceOf } from "./words.js";
import { make } from "./strips.js";
import { hasSource, programLane } from "./programs.js";

// What an event looks like on its lane.
const marks = { other: 0, check: 1, failed: 2, refusal: 3, fault: 4, copy: 5, enter: 6, leave: 7, call: 8, back: 9 };
const markOf = {
  InvalidArgument: marks.refusal, AccessViolation: marks.fault, Bugcheck: marks.fault, Copy: marks.copy, IoctlStart: marks.enter, IoctlStop: marks.leave,
  ApiCallStart: marks.call, ApiCallStop: marks.back, ProgramFault: marks.fault, ProgramRefusal: marks.refusal,
};
const left = 12;
const right = 88; // Room for the words at the line between user and kernel mode.
const usualEvents = 140;
const sourceRoom = 15; // Above the marks of programs: their source lines.

function readMarks(trace) {
  const all = new Uint8Array(trace.count);
  const passed = trace.kinds.map((k) => k.name === "SizeCheck" ? columnOf(k, k.index.get("passed")).values : null);
  for (let e = 0; e < trace.count; e++) {
    const checks = passed[trace.kind[e]];
    all[e] = checks ? checks[trace.ordinal[e]] ? marks.check : marks.failed : markOf[nameOf(trace, e)] ?? marks.other;
  }
  return all;
}

/** The lanes: application to map store, and one for each CPU; a request is a path through them. Draws only what is in view. */
export function makeLanes(trace, canvas, names, go) {
  const mark = readMarks(trace);
  const rows = [];
  let events = new Uint32Array(0);
  let current = 0;
  let view = { from: 0, to: 1 };
  let byTime = false;
  let isPath = true;
  let asked = false;
  let colours = {};
  let height = 0;
  const withSource = hasSource(trace);
  let pixels = 800; // The canvas's width: asking for it forces a layout, so it is asked for once a picture.

  layRows();

  function layRows() {
    const cpuHeight = trace.cpus <= 4 ? 18 : trace.cpus <= 8 ? 15 : trace.cpus <= 16 ? 13 : Math.max(5, Math.floor(230 / trace.cpus));
    const labelled = Math.ceil(12 / cpuHeight);
    laneNames.forEach((name, i) => addRow(name, 27, i, false, withSource && i === programLane ? sourceRoom : 0));
    height += 6;
    for (let c = 0; c < trace.cpus; c++) {
      addRow(c % labelled === 0 ? `CPU ${c}` : "", cpuHeight, c, true);
    }
    height += 4;
    canvas.style.height = `${height}px`;
    names.style.height = `${height}px`;
  }

  function addRow(name, marksSize, index, isCpu, room = 0) {
    const size = marksSize + room;
    const item = make("li", { class: isCpu ? "cpu" : "" }, name);
    item.style.top = `${height}px`;
    item.style.height = `${size}px`;
    names.append(item);
    rows.push({ top: height, size, marks: marksSize, middle: height + room + marksSize / 2, index, isCpu, item });
    height += size;
  }

  const unit = (i) => byTime ? trace.time[events[i]] : i;
  const width = () => pixels - left - right;
  const x = (i) => left + (unit(i) - view.from) / (view.to - view.from) * width();
  const unitAt = (px) => view.from + (px - left) / width() * (view.to - view.from);

  // The first event that is not before a unit; events are in the order of time.
  function firstFrom(u) {
    if (!byTime) {
      return Math.min(events.length, Math.max(0, Math.ceil(u)));
    }
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (unit(middle) < u) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  function setScope(list, path) {
    events = list;
    isPath = path;
    current = 0;
    fit(events.length > usualEvents && path ? usualEvents : undefined);
  }

  function fit(most) {
    const n = events.length;
    if (n === 0) {
      view = { from: 0, to: 1 };
    } else if (most && !byTime) {
      view = { from: -0.5, to: most };
    } else {
      const span = Math.max(unit(n - 1) - unit(0), byTime ? 0.5 : 1);
      view = { from: unit(0) - span * 0.01, to: unit(n - 1) + span * 0.02 };
    }
    follow();
    ask();
  }

  function setCurrent(index) {
    current = index;
    follow();
    names.querySelector("[aria-current]")?.removeAttribute("aria-current");
    if (events.length > 0) {
      rows[trace.lane[events[current]]].item.setAttribute("aria-current", "true");
      canvas.setAttribute("aria-label", `Path through the lanes, event ${current + 1} of ${events.length}, now at ${laneNames[trace.lane[events[current]]]}`);
    }
    ask();
  }

  // Keeps the current event in view, with some of what comes next.
  function follow() {
    if (events.length === 0) {
      return;
    }
    const span = view.to - view.from;
    const u = unit(current);
    if (u < view.from || u > view.to) {
      view = { from: u - span * 0.4, to: u + span * 0.6 };
    }
  }

  function zoomBy(factor, px) {
    const at = px === undefined && events.length > 0 ? unit(current) : unitAt(px ?? pixels / 2);
    const least = byTime ? 0.2 : 4;
    const most = (events.length > 1 ? unit(events.length - 1) - unit(0) : 1) * 1.2 + least;
    const span = Math.min(most, Math.max(least, (view.to - view.from) * factor));
    const share = (at - view.from) / (view.to - view.from);
    view = { from: at - share * span, to: at + (1 - share) * span };
    ask();
  }

  function pan(px) {
    const step = px / width() * (view.to - view.from);
    view = { from: view.from + step, to: view.to + step };
    ask();
  }

  function setByTime(on) {
    byTime = on;
    fit(events.length > usualEvents && isPath ? usualEvents : undefined);
  }

  function ask() {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => { asked = false; draw(); });
    }
  }

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["ink", "dim", "line", "band", "accent", "path", "later", "bad", "good", "copy", "paper", "cpu-run"]) {
      colours[name] = style.getPropertyValue(`--${name}`).trim();
    }
    ask();
  }

  function draw() {
    const scale = Math.max(window.devicePixelRatio || 1, 1.5);
    const w = canvas.clientWidth;
    if (w === 0) {
      return;
    }
    pixels = w;
    if (canvas.width !== Math.round(w * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(w * scale);
      canvas.height = Math.round(height * scale);
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, w, height);
    drawRows(pen, w);
    const first = Math.max(0, firstFrom(view.from) - 1);
    const end = Math.min(events.length, firstFrom(view.to) + 1);
    if (end - first > width() * 0.75) {
      drawCrowd(pen, first, end);
      drawSource(pen, current, Math.min(current + 1, end));
    } else {
      drawRuns(pen, first, end);
      drawPath(pen, first, Math.min(current, end - 1), colours.path, 2);
      drawPath(pen, Math.max(first, current), end - 1, colours.later, 1.5);
      for (let i = first; i < end; i++) {
        drawMark(pen, x(i), rows[trace.lane[events[i]]].middle, mark[events[i]], i > current);
      }
      drawSource(pen, first, end);
    }
    drawCurrent(pen, w);
  }

  function drawRows(pen, w) {
    rows.forEach((row, i) => {
      pen.fillStyle = i % 2 === 0 ? colours.band : colours.paper;
      pen.fillRect(0, row.top, w, row.size);
    });
    pen.strokeStyle = colours.dim;
    pen.setLineDash([6, 4]);
    pen.beginPath();
    pen.moveTo(0, rows[2].top + 0.5);
    pen.lineTo(w, rows[2].top + 0.5);
    pen.stroke();
    pen.setLineDash([]);
    pen.fillStyle = colours.dim;
    pen.font = "10px system-ui, sans-serif";
    pen.textAlign = "right";
    pen.fillText("user mode ↑", w - 4, rows[2].top - 4);
    pen.fillText("kernel mode ↓", w - 4, rows[2].top + 11);
  }

  // On which CPU the kernel's side ran.
  function drawRuns(pen, first, end) {
    for (let i = first; i < end; i++) {
      const cpu = trace.processor[events[i]];
      if (cpu >= 0 && rows[laneNames.length + cpu]) {
        const row = rows[laneNames.length + cpu];
        const goesOn = i + 1 < end && trace.processor[events[i + 1]] === cpu && trace.request[events[i + 1]] === trace.request[events[i]];
        pen.fillStyle = i > current ? colours.later : colours["cpu-run"];
        pen.fillRect(x(i) - 2, row.top + row.size * 0.22, (goesOn ? x(i + 1) - x(i) : 0) + 4, row.size * 0.56);
      }
    }
  }

  function drawPath(pen, first, last, colour, thickness) {
    pen.strokeStyle = colour;
    pen.lineWidth = thickness;
    pen.lineJoin = "round";
    pen.beginPath();
    for (let i = first; i <= last; i++) {
      const y = rows[trace.lane[events[i]]].middle;
      const joins = i > first && (isPath || trace.request[events[i]] === trace.request[events[i - 1]]);
      if (!joins) {
        pen.moveTo(x(i), y);
      } else {
        pen.lineTo(x(i) - Math.min(6, (x(i) - x(i - 1)) / 2), rows[trace.lane[events[i - 1]]].middle);
        pen.lineTo(x(i), y);
      }
    }
    pen.stroke();
  }

  // Shapes differ, not only colours.
  function drawMark(pen, at, y, type, isLater) {
    pen.globalAlpha = isLater ? 0.45 : 1;
    pen.beginPath();
    switch (type) {
      case marks.copy:
        pen.fillStyle = colours.copy;
        pen.rect(at - 3.5, y - 5, 7, 10);
        break;
      case marks.check:
        pen.fillStyle = colours.good;
        pen.arc(at, y, 2.6, 0, 7);
        break;
      case marks.failed:
      case marks.refusal:
        pen.fillStyle = colours.bad;
        pen.moveTo(at, y - 8);
        pen.lineTo(at + 7, y);
        pen.lineTo(at, y + 8);
        pen.lineTo(at - 7, y);
        break;
      case marks.fault:
        pen.fillStyle = colours.bad;
        for (let k = 0; k < 16; k++) {
          const r = k % 2 === 0 ? 10 : 4.5;
          pen.lineTo(at + r * Math.cos(k * Math.PI / 8), y + r * Math.sin(k * Math.PI / 8));
        }
        break;
      case marks.enter:
      case marks.leave: {
        const down = type === marks.enter ? 1 : -1;
        pen.fillStyle = colours.accent;
        pen.moveTo(at - 6, y - 4 * down);
        pen.lineTo(at + 6, y - 4 * down);
        pen.lineTo(at, y + 7 * down);
        break;
      }
      case marks.call:
      case marks.back:
        pen.fillStyle = colours.accent;
        pen.arc(at, y, 5.5, 0, 7);
        break;
      default:
        pen.fillStyle = colours.dim;
        pen.rect(at - 1.5, y - 3, 3, 6);
    }
    pen.fill();
    pen.globalAlpha = 1;
  }

  // The source line of each stretch of a program's steps, above them, as far as it fits.
  function drawSource(pen, first, end) {
    if (!withSource) {
      return;
    }
    const row = rows[programLane];
    const stretches = [];
    for (let i = first; i < end; i++) {
      const source = trace.lane[events[i]] === programLane ? sourceOf(trace, events[i]) : null;
      const last = stretches.at(-1);
      if (source && (source.line !== last?.source.line || trace.processor[events[i]] !== last.cpu)) {
        stretches.push({ source, cpu: trace.processor[events[i]], from: x(i), isNow: false });
      }
      if (i === current && stretches.length > 0 && trace.lane[events[i]] === programLane) {
        stretches.at(-1).isNow = true;
      }
    }
    pen.font = "10px ui-monospace, monospace";
    pen.textAlign = "left";
    let limit = pixels - 4; // Where the words of the next stretch begin.
    for (const { source, from, isNow } of stretches.reverse()) {
      const label = [`${source.place} ${source.text}`, source.place].find((t) => pen.measureText(t).width <= limit - from - 8);
      pen.fillStyle = isNow ? colours.ink : colours.dim;
      pen.fillRect(from - 3, row.top + sourceRoom, 1.5, row.size - sourceRoom - 3);
      limit = Math.min(limit, from);
      if (label !== undefined) {
        pen.fillText(label, from - 3, row.top + 11);
      } else if (isNow) {
        // The current line is always named, if need be to the left, in the place of those before it.
        limit = from - pen.measureText(source.place).width - 7;
        pen.fillText(source.place, limit, row.top + 11);
      }
    }
  }

  // More events than there is room for: for each lane and column whether there are any, and whether one is bad.
  function drawCrowd(pen, first, end) {
    const columns = Math.ceil(width()) + 1;
    const seen = new Uint8Array(columns * rows.length);
    for (let i = first; i < end; i++) {
      const column = Math.round(x(i) - left);
      if (column < 0 || column >= columns) {
        continue;
      }
      const e = events[i];
      const level = mark[e] >= marks.failed && mark[e] <= marks.fault ? 3 : mark[e] === marks.copy ? 2 : 1;
      const at = column * rows.length + trace.lane[e];
      seen[at] = Math.max(seen[at], level);
      const cpu = trace.processor[e];
      if (cpu >= 0 && laneNames.length + cpu < rows.length) {
        seen[column * rows.length + laneNames.length + cpu] = 4;
      }
    }
    const fills = ["", colours.path, colours.copy, colours.bad, colours["cpu-run"]];
    for (const level of [1, 2, 4, 3]) {
      pen.fillStyle = fills[level];
      const wide = level === 3 ? 3 : 1;
      for (let c = 0; c < columns; c++) {
        for (let r = 0; r < rows.length; r++) {
          if (seen[c * rows.length + r] === level) {
            pen.fillRect(left + c - (wide - 1) / 2, rows[r].middle - rows[r].marks * 0.32, wide, rows[r].marks * 0.64);
          }
        }
      }
    }
  }

  function drawCurrent(pen, w) {
    if (events.length === 0) {
      return;
    }
    const e = events[current];
    const at = x(current);
    const row = rows[trace.lane[e]];
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(at, 0);
    pen.lineTo(at, height);
    pen.stroke();
    pen.lineWidth = 2.5;
    pen.beginPath();
    pen.arc(at, row.middle, 11, 0, 7);
    pen.stroke();
    const text = brief(trace, e).join(" · ");
    pen.font = "600 12px system-ui, sans-serif";
    pen.textAlign = "left";
    const wide = pen.measureText(text).width + 12;
    const from = at + 16 + wide > w ? at - 16 - wide : at + 16;
    pen.fillStyle = colours.ink;
    pen.beginPath();
    pen.roundRect(from, row.middle - 10, wide, 20, 5);
    pen.fill();
    pen.fillStyle = colours.paper;
    pen.fillText(text, from + 6, row.middle + 4);
  }

  function nearest(px) {
    const u = unitAt(px);
    const i = Math.min(events.length - 1, firstFrom(u));
    return i > 0 && u - unit(i - 1) < unit(i) - u ? i - 1 : i;
  }

  listen();

  function listen() {
    let drag = null;
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        pan(event.deltaX || event.deltaY);
      } else {
        zoomBy(Math.exp(Math.sign(event.deltaY) * 0.2), event.offsetX);
      }
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      drag = { x: event.clientX, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (drag && (drag.moved || Math.abs(event.clientX - drag.x) > 3)) {
        drag.moved = true;
        pan(drag.x - event.clientX);
        drag.x = event.clientX;
      }
    });
    canvas.addEventListener("pointerup", (event) => {
      if (drag && !drag.moved && events.length > 0) {
        go(nearest(event.offsetX));
      }
      drag = null;
    });
    new ResizeObserver(ask).observe(canvas);
  }

  return { setScope, setCurrent, zoomBy, pan, fit: () => fit(), setByTime, readColours, draw };
}
