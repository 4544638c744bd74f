import { element, notice, replace } from "../dom.js";

/** Shows what this page will be about; it has no figures yet. */
export async function show(main) {
  document.title = "Sweeps · Elbow";
  replace(main, notice("Sweeps", "This page is not there yet. The command line shows the same.", element("a", { class: "button", href: "#/" }, "All sweeps")));
}
