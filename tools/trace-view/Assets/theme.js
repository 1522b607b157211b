// Light or dark: as the system asks, until the reader says otherwise.

/** Makes the button that changes between light and dark; `changed` is told of every change, the system's too. */
export function makeTheme(button, changed) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;

  function update() {
    button.textContent = isDark() ? "Light" : "Dark";
    changed();
  }

  function set(name) {
    root.dataset.theme = name;
    update();
  }

  function toggle() {
    set(isDark() ? "light" : "dark");
  }

  button.addEventListener("click", toggle);
  dark.addEventListener("change", update);
  update();
  return { toggle, set };
}
