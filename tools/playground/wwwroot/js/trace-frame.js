// The frame that draws a run's trace: the trace view's own page and modules, without its title and its data.
import { openTrace } from "../trace/main.js";
import { linkTermsIn } from "./terms.js";

// Its head has slots for a style and a script, which this frame's policy would refuse.
const markup = fetch("trace/page.html").then((answer) => answer.text()).then((text) => text.slice(text.indexOf("<body>")));
let view = null;

/** Draws a trace, once: the page loads the frame anew for the next. text: the trace view's data; limit: the events that may be shown. */
async function open(text, limit, theme) {
  const page = new DOMParser().parseFromString(await markup, "text/html");
  if (theme) {
    document.documentElement.dataset.theme = theme;
  }
  document.body.append(...[...page.body.children].filter((e) => !e.matches("script, noscript, .skip")).map((e) => document.importNode(e, true)));
  view = openTrace(text, limit);
  const observer = new MutationObserver(link);
  const watched = ["verdict", "words", "cards"].map((id) => document.getElementById(id));
  function link() {
    observer.disconnect();
    watched.forEach((e) => linkTermsIn(e, (term, button) => parent.dispatchEvent(new CustomEvent("explain", { detail: { term, button } }))));
    watched.forEach((e) => observer.observe(e, { childList: true, subtree: true, characterData: true }));
  }
  link();
}

window.traceFrame = { open, show: (e) => view?.show(e), setTheme: (name) => view?.setTheme(name) };
