// The frame with the trace of the run. It is loaded anew for each trace, and draws the latest one that was asked for.

/** Makes the panel. explain: told of words that the reader presses in the frame. */
export function makeTracePanel(frame, note, explain) {
  let wanted = null; // { text, limit, event }
  let drawn = null;
  let theme = "";
  let loaded = frame.contentDocument?.readyState === "complete" && Boolean(frame.contentWindow.traceFrame);
  let isClean = true; // Nothing has been drawn since the frame was loaded.
  let timer = 0;

  frame.addEventListener("load", () => {
    loaded = Boolean(frame.contentWindow.traceFrame);
    isClean = true;
    draw();
  });
  addEventListener("explain", ({ detail }) => {
    const box = frame.getBoundingClientRect();
    explain(detail.term, detail.button, { left: box.left, top: box.top });
  });

  async function draw() {
    if (!loaded || !wanted) {
      return;
    }
    if (drawn && drawn.text === wanted.text && drawn.limit === wanted.limit) {
      show();
      return;
    }
    if (!isClean) {
      loaded = false;
      drawn = null;
      frame.contentWindow.location.reload();
      return;
    }
    isClean = false;
    drawn = wanted;
    await frame.contentWindow.traceFrame.open(drawn.text, drawn.limit, theme);
    show();
    // How many traces it has drawn: what a test waits for.
    frame.dataset.drawn = String(Number(frame.dataset.drawn ?? 0) + 1);
  }

  function show() {
    if (wanted?.event !== undefined && drawn?.text === wanted.text && drawn.limit === wanted.limit) {
      frame.contentWindow.traceFrame.show(wanted.event);
    }
  }

  /** Shows an event of a trace. limit: the first event that is not to be seen yet. */
  function set(text, limit, event) {
    wanted = text ? { text, limit, event } : null;
    frame.hidden = !text || limit === 0;
    note.textContent = !text ? "runs appear here" : limit === 0 ? "nothing is shown yet" : "";
    clearTimeout(timer);
    if (!frame.hidden) {
      // Steps that follow each other quickly draw once.
      timer = setTimeout(draw, 30);
    }
  }

  function setTheme(name) {
    theme = name;
    frame.contentWindow?.traceFrame?.setTheme(name);
  }

  return { set, setTheme };
}
