// Before the first paint, so that nothing flashes: a classic script in the head, and as short as it can be.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("elbow.theme");
  } catch {
    // Storage is closed to this page: the system's own theme it is.
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
