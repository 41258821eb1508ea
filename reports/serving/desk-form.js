// Looks at a form of the desk while it is being filled in: sends it to be checked, as its button does,
// and puts the messages beside the entries. Without it the buttons do the same.
const WAIT_MS = 1200;
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#bieu"));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let isChecking = false;
let isAgain = false;
let isSending = false;

async function check() {
  if (form === null || isSending) return;
  if (isChecking) {
    isAgain = true;
    return;
  }
  isChecking = true;
  try {
    const fields = new FormData(form);
    fields.set("act", "kiem-tra");
    const answer = await fetch(form.action, { method: "POST", body: fields, redirect: "error" });
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // not reached: the entries stay on the page, and the buttons say so
  } finally {
    isChecking = false;
  }
  if (isAgain) {
    isAgain = false;
    await check();
  }
}

/** @param {Document} answer */
function show(answer) {
  if (form === null || isSending || answer.querySelector("#ket-qua") === null) return;
  for (const part of document.querySelectorAll("#ket-qua, .entry-faults")) {
    const other = answer.getElementById(part.id);
    if (other !== null && part.innerHTML !== other.innerHTML) {
      part.replaceChildren(...other.childNodes);
    }
  }
  for (const field of form.querySelectorAll("input, select, textarea")) {
    const name = field.getAttribute("name") ?? "";
    const other = answer.querySelector(`[name="${CSS.escape(name)}"]`);
    if (other?.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (name === "saved_at" || name === "seen") {
      field.setAttribute("value", other?.getAttribute("value") ?? "");
    }
  }
}

form?.addEventListener("change", () => {
  clearTimeout(timer);
  timer = setTimeout(() => void check(), WAIT_MS);
});
// a figure of the period before is taken on the page; the button would have it done by the server
form?.addEventListener("click", (event) => {
  const pressed =
    event.target instanceof Element ? event.target.closest("[name=nhu-ky-truoc]") : null;
  if (!(pressed instanceof HTMLButtonElement)) return;
  event.preventDefault();
  const isAll = pressed.dataset.offer === undefined;
  for (const offer of isAll ? form.querySelectorAll("[data-offer]") : [pressed]) {
    if (!(offer instanceof HTMLButtonElement)) continue;
    const field = form.querySelector(`[name="${CSS.escape(`so:${offer.value}`)}"]`);
    const isField = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
    if (isField && (!isAll || field.value === "")) field.value = offer.dataset.offer ?? "";
    offer.hidden = true;
    if (isField && !isAll) field.focus();
  }
  if (isAll) pressed.hidden = true;
  form.dispatchEvent(new Event("change"));
});
form?.addEventListener("submit", () => {
  clearTimeout(timer);
  isSending = true;
});

export {};
