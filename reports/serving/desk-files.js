// Files are dropped onto the form that sends them, and those that are chosen are named. Without it they
// are chosen by the field alone.
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.send"));
const field = /** @type {HTMLInputElement | null} */ (form?.querySelector('input[type="file"]'));
const hint = document.createElement("p");
const chosen = document.createElement("ul");

/** @param {DragEvent} event */
function hasFiles(event) {
  return event.dataTransfer?.types.includes("Files") === true;
}

/** @param {number} bytes */
function sizeText(bytes) {
  const kib = Math.max(1, Math.round(bytes / 1024));
  return kib < 1024 ? `${kib} KB` : `${(kib / 1024).toFixed(1).replace(".", ",")} MB`;
}

function name() {
  const items = [...(field?.files ?? [])].map((file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name} (${sizeText(file.size)})`;
    return item;
  });
  chosen.replaceChildren(...items);
}

/** @param {DragEvent} event */
function over(event) {
  if (!hasFiles(event)) return;
  // beside the form, too, where the browser would leave the page and open the file
  event.preventDefault();
  const isOnForm = event.target instanceof Node && form?.contains(event.target) === true;
  if (event.dataTransfer) event.dataTransfer.dropEffect = isOnForm ? "copy" : "none";
  form?.classList.toggle("over", isOnForm);
}

/** @param {DragEvent} event */
function drop(event) {
  if (!hasFiles(event)) return;
  event.preventDefault();
  form?.classList.remove("over");
  if (field === null || !(event.target instanceof Node) || !form?.contains(event.target)) return;
  // those that were chosen before stay
  const all = new DataTransfer();
  for (const file of [...(field.files ?? []), ...(event.dataTransfer?.files ?? [])]) {
    all.items.add(file);
  }
  field.files = all.files;
  name();
}

if (form !== null && field !== null) {
  hint.className = "note";
  hint.textContent = "Có thể kéo tệp thả vào khung này.";
  chosen.className = "chosen";
  chosen.setAttribute("aria-live", "polite");
  field.closest("label")?.after(hint, chosen);
  field.addEventListener("change", name);
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("over");
  });
  name();
}

export {};
