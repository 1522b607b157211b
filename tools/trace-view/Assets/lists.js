import { make } from "./strips.js";

/**
 * A list of any length: only the rows in view exist. One stop of the Tab key; arrows, Home, End and the page keys move the choice.
 * fill(row, i) writes a row; choose(i) is told of a choice.
 */
export function makeList(host, rowHeight, fill, choose) {
  const body = make("div", { class: "body", role: "presentation" });
  let count = 0;
  let chosen = -1;
  host.append(body);
  host.addEventListener("scroll", draw, { passive: true });
  new ResizeObserver(draw).observe(host);
  host.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(host.clientHeight / rowHeight) - 1);
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, PageDown: chosen + page, PageUp: chosen - page, Home: 0, End: count - 1 }[event.key];
    if (to !== undefined && count > 0 && !event.ctrlKey && !event.altKey && !event.metaKey) {
      choose(Math.min(count - 1, Math.max(0, to)));
      event.preventDefault();
      event.stopPropagation();
    }
  });
  body.addEventListener("click", (event) => {
    const row = event.target.closest("[data-index]");
    if (row) {
      choose(Number(row.dataset.index));
    }
  });

  function draw() {
    const first = Math.max(0, Math.floor(host.scrollTop / rowHeight) - 4);
    const end = Math.min(count, Math.ceil((host.scrollTop + host.clientHeight) / rowHeight) + 4);
    const rows = [];
    for (let i = first; i < end; i++) {
      const row = make("div", {
        class: "row", role: "option", id: `${host.id}-${i}`, "data-index": i, "aria-selected": i === chosen ? "true" : "false",
        "aria-posinset": i + 1, "aria-setsize": count,
      });
      row.style.top = `${i * rowHeight}px`;
      row.style.height = `${rowHeight}px`;
      fill(row, i);
      rows.push(row);
    }
    body.replaceChildren(...rows);
    body.style.height = `${count * rowHeight}px`;
    if (chosen >= first && chosen < end) {
      host.setAttribute("aria-activedescendant", `${host.id}-${chosen}`);
    } else {
      host.removeAttribute("aria-activedescendant");
    }
  }

  function show(newCount, newChosen) {
    count = newCount;
    chosen = newChosen;
    const top = chosen * rowHeight;
    if (chosen >= 0 && (top < host.scrollTop || top + rowHeight > host.scrollTop + host.clientHeight)) {
      body.style.height = `${count * rowHeight}px`;
      host.scrollTop = Math.max(0, top - host.clientHeight * 0.4);
    }
    draw();
  }

  return { show };
}
