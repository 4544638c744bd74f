// Before the first paint, so that nothing flashes: a classic script in the head, and as short as it can be. `data-chosen` is what
// was asked for, `data-theme` what it comes to; style.css knows the latter alone.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("elbow.theme");
  } catch {
    // Storage is closed to this page: the system's own theme it is.
  }
  const known = chosen === "light" || chosen === "dark";
  const own = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.chosen = known ? chosen : "system";
  document.documentElement.dataset.theme = known ? chosen : own;
})();
