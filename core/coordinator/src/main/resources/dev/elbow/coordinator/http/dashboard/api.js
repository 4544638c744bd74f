// What the coordinator is asked. A token, where one is needed, is kept for this tab alone and sent as a header: never in an
// address, where logs would keep it, and never as a cookie, which foreign pages could make the browser send.

const TOKEN = "elbow.token";
let asking = null;
let tellAnswered;

/** Done when the coordinator has answered anything. */
export const answered = new Promise((resolve) => (tellAnswered = resolve));

/** The token of this window, or an empty text. */
export function token() {
  return sessionStorage.getItem(TOKEN) ?? "";
}

/** An answer that is no success, as RFC 9457 has it. */
export class ApiProblem extends Error {
  constructor(document) {
    super(document.detail || document.title);
    this.status = document.status;
    this.type = document.type;
    this.title = document.title;
    this.detail = document.detail;
    /** What is wrong where: [{line, column, place, message}]. */
    this.errors = document.problems || [];
    this.differences = document.differences || [];
    this.active = document.active || "";
    this.activeUrl = document.active_url || "";
  }
}

/** `/api/sweeps/NAME` and so on, with each part made safe for an address. */
export function path(...parts) {
  return "/api/" + parts.map((part) => encodeURIComponent(part)).join("/");
}

/** The JSON answer to a question. */
export async function get(address, signal) {
  return (await send(address, { signal })).json();
}

/**
 * How a sweep stands. That there is none is no error to the browser, which would tell of it in its console.
 *
 * @throws ApiProblem with 404 if there is none
 */
export async function sweepNamed(name, signal) {
  const { sweeps } = await get(`/api/sweeps?name=${encodeURIComponent(name)}`, signal);
  if (sweeps.length === 0) throw new ApiProblem({ status: 404, title: "Not Found", detail: `there is no sweep '${name}'` });
  return sweeps[0];
}

/** The JSON answer to a command or a question with a body. */
export async function post(address, body = {}, signal) {
  return (await send(address, { method: "POST", signal, ...json(body) })).json();
}

/** Submits the text of a sweep file. */
export async function postYaml(address, text, signal) {
  const headers = { "Content-Type": "application/yaml" };
  return (await send(address, { method: "POST", signal, headers, body: text })).json();
}

/** Deletes. */
export async function remove(address, signal) {
  return (await send(address, { method: "DELETE", signal })).json();
}

/** The picture that a model answers with, as a Blob. */
export async function picture(address, body, signal) {
  const question = json(body);
  question.headers.Accept = "image/png";
  return (await send(address, { method: "POST", signal, ...question })).blob();
}

/** A file as a Blob: where tokens are, an <img> or a link could not ask for it by itself. */
export async function file(address, signal) {
  return (await send(address, { signal })).blob();
}

/** Has the browser keep something under a name. */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function json(body) {
  return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** The answer to a request, if it is a success; asks for a token where one is needed. */
export async function send(address, options = {}) {
  const known = token();
  const headers = { Accept: "application/json", ...options.headers };
  if (known) headers.Authorization = `Bearer ${known}`;
  const response = await fetch(address, { ...options, headers, cache: "no-store", credentials: "omit" });
  if (response.status === 401) {
    await renewed(known);
    return send(address, options);
  }
  tellAnswered();
  if (!response.ok) throw await problem(response);
  return response;
}

/** Asks for a token, unless another than `known` is there by now. */
export async function renewed(known = token()) {
  if (token() === known) await askForToken(known !== "");
}

async function problem(response) {
  const type = response.headers.get("Content-Type") || "";
  if (type.startsWith("application/problem+json")) return new ApiProblem(await response.json());
  return new ApiProblem({
    status: response.status,
    type: "about:blank",
    title: response.statusText || `HTTP ${response.status}`,
    detail: `the coordinator answered ${response.status} without saying why`,
  });
}

// However many questions wait, one dialog asks.
async function askForToken(wrong) {
  asking ??= showTokenDialog(wrong).finally(() => (asking = null));
  sessionStorage.setItem(TOKEN, await asking);
}

async function showTokenDialog(wrong) {
  const { element } = await import("./dom.js");
  return new Promise((resolve) => {
    const field = element("input", {
      id: "token",
      type: "password",
      autocomplete: "off",
      spellcheck: "false",
      required: true,
      "aria-describedby": "token-why",
    });
    const form = element(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          dialog.remove();
          resolve(field.value.trim());
        },
      },
      element("h2", { id: "token-title" }, wrong ? "That token is not known here" : "This coordinator needs a token"),
      element(
        "p",
        { id: "token-why" },
        "It is one of the lines of the file that the coordinator was started with (--token-file). The one for reading is " +
          "enough to look; to submit, pause or cancel it takes the one for writing. This tab forgets it when it is closed.",
      ),
      element("label", { for: "token" }, "Token"),
      field,
      element("div", { class: "actions" }, element("button", { class: "primary" }, "Continue")),
    );
    const dialog = element("dialog", { class: "dialog", "aria-labelledby": "token-title" }, form);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  });
}
