import { decode, nameOf } from "../trace/decode.js";
import { laneNames } from "../trace/model.js";
import { brief } from "../trace/words.js";

const namespace = "http://www.w3.org/2000/svg";
const mostEvents = 2000;
const laneHeight = 30;
const left = 170;

/** The path of a step's events through the lanes, as the text of an SVG file. from, end: the step's events in the trace. */
export function drawPicture(text, title, from, end) {
  const trace = decode(text);
  const events = [];
  const step = Math.max(1, (end - from) / mostEvents);
  for (let e = from; e < Math.min(end, trace.count); e += step) {
    events.push(Math.floor(e));
  }
  const gap = Math.max(2, Math.min(26, 1200 / Math.max(1, events.length)));
  const width = Math.max(640, left + events.length * gap + 60);
  const height = 46 + laneNames.length * laneHeight + 34;
  const svg = element("svg", { xmlns: namespace, viewBox: `0 0 ${width} ${height}`, width, height, "font-family": "system-ui, sans-serif", "font-size": 13 });
  svg.append(element("title", {}, title), element("rect", { width, height, fill: "#ffffff" }), element("text", { x: 14, y: 26, "font-weight": 600, fill: "#1f2328" }, title));
  const y = (lane) => 46 + (lane + 0.5) * laneHeight;
  laneNames.forEach((name, i) => svg.append(
    element("rect", { x: 0, y: y(i) - laneHeight / 2, width, height: laneHeight, fill: i % 2 ? "#f3f1ea" : "#fbfaf7" }),
    element("text", { x: 14, y: y(i) + 4.5, fill: "#1f2328" }, name)));
  const x = (i) => left + i * gap;
  svg.append(element("polyline", { points: events.map((e, i) => `${x(i)},${y(trace.lane[e])}`).join(" "), fill: "none", stroke: "#1c5d99", "stroke-width": 1.5 }));
  events.forEach((e, i) => {
    const mark = drawMark(nameOf(trace, e), trace, e, x(i), y(trace.lane[e]));
    mark.append(element("title", {}, brief(trace, e).join(" ")));
    svg.append(mark);
  });
  svg.append(element("text", { x: left, y: height - 12, fill: "#596170", "font-size": 11 },
    `${events.length === end - from ? `${events.length} events` : `${events.length} of ${end - from} events`} · orange: copy · green: check passed · red: refusal or fault · blue: call, return, crossing`));
  return `${new XMLSerializer().serializeToString(svg)}\n`;
}

function drawMark(name, trace, e, x, y) {
  const isBad = ["InvalidArgument", "AccessViolation", "Bugcheck", "ProgramFault", "ProgramRefusal"].includes(name) || brief(trace, e)[0].includes("✗");
  if (isBad) {
    return element("path", { d: `M${x} ${y - 8}l7 8-7 8-7-8z`, fill: "#b3202a" });
  }
  return name === "Copy" ? element("rect", { x: x - 3.5, y: y - 5, width: 7, height: 10, fill: "#a85c00" })
    : name === "SizeCheck" ? element("circle", { cx: x, cy: y, r: 2.6, fill: "#17703f" })
    : /^(ApiCall|Ioctl)/.test(name) ? element("circle", { cx: x, cy: y, r: 5.5, fill: "#1c5d99" })
    : element("rect", { x: x - 1.5, y: y - 3, width: 3, height: 6, fill: "#596170" });
}

function element(tag, attributes, text) {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== "xmlns") {
      made.setAttribute(name, value);
    }
  }
  if (text !== undefined) {
    made.append(text);
  }
  return made;
}
