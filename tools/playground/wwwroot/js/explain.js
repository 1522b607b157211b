import { make } from "../trace/strips.js";
import { linkTerms } from "./terms.js";

/** The popover that explains an errno, a status or a check. ask: gives the explanation of a word, as 'kernelsim explain -j' does. */
export function makeExplain(box, ask) {
  async function explain(term, anchor, offset) {
    let found;
    try {
      found = await ask(term);
    } catch (error) {
      found = { name: term, meaning: error.message };
    }
    const all = Array.isArray(found) ? found : [found];
    box.replaceChildren(...all.flatMap((e, i) => draw(e, i === 0)), closeButton());
    box.showPopover();
    place(anchor.getBoundingClientRect(), offset);
    box.querySelector("button.close").focus({ preventScroll: true });
    box.scrollTop = 0;
  }

  function draw(e, isFirst) {
    const parts = [make("h2", isFirst ? { id: "explain-head" } : {}, e.name ?? "", make("small", {}, [e.kind, e.number].filter(Boolean).join(" "))),
      make("p", {}, ...linkTerms(e.meaning ?? "", open))];
    const own = e.kind === "check" ? e.checks?.[0] : null;
    if (own) {
      parts.push(make("dl", {}, make("dt", {}, "Formula"), make("dd", {}, make("code", {}, own.formula)), make("dt", {}, "Fix"), make("dd", {}, own.fix)));
    }
    const routes = [...e.results ?? [], ...e.statuses ?? []];
    if (routes.length > 0) {
      parts.push(make("h3", {}, "On the way from the kernel"), make("div", { class: "scroll" }, make("table", {}, make("tbody", {}, ...routes.slice(0, 12).map((r) => make("tr", {},
        ...[r.status, r.win32, r.result ?? r.seen_as].map((t) => make("td", {}, ...linkTerms(t ?? "", open)))))))));
    }
    if (!own && e.checks?.length > 0) {
      const rows = e.checks.slice(0, 40).map((c) => make("li", {}, ...linkTerms(c.check, open), ` ${c.text}`));
      parts.push(make("details", {}, make("summary", {}, `${e.checks.length} checks that end in it`), make("ul", {}, ...rows,
        ...(e.checks.length > rows.length ? [make("li", {}, `and ${e.checks.length - rows.length} more`)] : []))));
    }
    if (e.outcomes?.length > 0) {
      parts.push(make("h3", {}, "Also without a check"), make("ul", {}, ...e.outcomes.slice(0, 12).map((o) => make("li", {}, make("b", {}, o.calls), ` ${o.cause}`))));
    }
    return parts;
  }

  function open(term, button) {
    explain(term, button);
  }

  function closeButton() {
    const button = make("button", { type: "button", class: "close", "aria-label": "Close" }, "Close");
    button.addEventListener("click", () => box.hidePopover());
    return button;
  }

  function place(at, offset = { left: 0, top: 0 }) {
    const left = at.left + offset.left;
    const below = at.bottom + offset.top + 6;
    const above = at.top + offset.top - box.offsetHeight - 6;
    box.style.left = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(8, below + box.offsetHeight < innerHeight ? below : above)}px`;
  }

  return explain;
}
