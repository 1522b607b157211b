/** Paper is white: a page that is printed is light, whatever the screen has. */
export function preparePrint() {
  const root = document.documentElement;
  let screen = "";
  addEventListener("beforeprint", () => {
    screen = root.dataset.theme ?? "";
    root.dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    if (screen) {
      root.dataset.theme = screen;
    } else {
      delete root.dataset.theme;
    }
  });
}
