"use strict";
(() => {
  const root = document.documentElement;
  const slides = [...document.querySelectorAll(".slide")];
  const place = document.getElementById("place");
  const help = document.getElementById("help");
  let at = 0;
  root.classList.add("js");

  const answerOf = (i) => slides[i].querySelector(".answer");

  function show(i) {
    slides[at].classList.remove("current");
    at = Math.max(0, Math.min(slides.length - 1, i));
    slides[at].classList.add("current");
    place.textContent = `${at + 1} / ${slides.length}`;
    history.replaceState(null, "", `#${at + 1}`);
    fit();
    scrollTo(0, 0);
  }

  /** Makes the text of a slide that is too high smaller, down to three fifths; a slide that is still too high scrolls. */
  function fit() {
    const slide = slides[at];
    let size = 1;
    slide.style.setProperty("--fit", size);
    while (size > 0.6 && slide.scrollHeight > innerHeight - 30 && !root.classList.contains("with-notes")) {
      size -= 0.05;
      slide.style.setProperty("--fit", size.toFixed(2));
    }
  }

  function on() {
    const answer = answerOf(at);
    if (answer && !answer.open) {
      answer.open = true;
      fit();
    } else {
      show(at + 1);
    }
  }

  function back() {
    const answer = answerOf(at);
    if (answer?.open) {
      answer.open = false;
      fit();
    } else {
      show(at - 1);
    }
  }

  function allAnswers() {
    const answers = [...document.querySelectorAll(".answer")];
    const open = answers.some((a) => !a.open);
    answers.forEach((a) => { a.open = open; });
    fit();
  }

  function theme() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  }

  function notes() {
    root.classList.toggle("with-notes");
    fit();
  }

  const keys = {
    ArrowRight: on, ArrowDown: on, PageDown: on, " ": on, ArrowLeft: back, ArrowUp: back, PageUp: back,
    Home: () => show(0), End: () => show(slides.length - 1), a: allAnswers, n: notes, t: theme, "?": () => help.showModal(),
  };

  addEventListener("keydown", (event) => {
    const onButton = event.target.closest?.("button, summary, a");
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || (onButton && (event.key === " " || event.key === "Enter"))) {
      return;
    }
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  document.getElementById("on").addEventListener("click", on);
  document.getElementById("back").addEventListener("click", back);
  document.getElementById("keys").addEventListener("click", () => help.showModal());
  addEventListener("resize", fit);
  addEventListener("hashchange", () => show(Number(location.hash.slice(1)) - 1 || 0));
  show(Number(location.hash.slice(1)) - 1 || 0);
})();
