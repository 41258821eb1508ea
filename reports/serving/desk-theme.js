// Before the first paint: what the reader chose on the report pages, else what the machine prefers, as
// reports/template/src/app.html has it. Without it the pages are light.
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function show() {
  /** @type {string | null} */
  let chosen = null;
  try {
    chosen = localStorage.getItem("giao-dien");
  } catch {
    // a browser that keeps nothing
  }
  const isDark = chosen ? chosen === "toi" : prefersDark.matches;
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
}

show();
prefersDark.addEventListener("change", show);
addEventListener("storage", show);
