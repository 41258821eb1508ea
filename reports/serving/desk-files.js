// A button of the desk's own in place of the browser's, whose words follow its language and not the page;
// the files that are chosen by it are named. Onto a form that sends them files are dropped, too. Without
// it the field of the browser does.
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.send"));

/** @param {DragEvent} event */
function hasFiles(event) {
  return event.dataTransfer?.types.includes("Files") === true;
}

/** @param {number} bytes */
function sizeText(bytes) {
  const kib = Math.max(1, Math.round(bytes / 1024));
  return kib < 1024 ? `${kib} KB` : `${(kib / 1024).toFixed(1).replace(".", ",")} MB`;
}

/** @param {HTMLInputElement} field */
function dress(field) {
  const button = document.createElement("span");
  button.className = "button plain";
  button.textContent = "Chọn tệp";
  const chosen = document.createElement("ul");
  chosen.className = "chosen";
  chosen.setAttribute("aria-live", "polite");
  field.classList.add("unseen", "file");
  field.after(button);
  field.closest("label")?.after(chosen);
  const name = () => {
    const texts = [...(field.files ?? [])].map((file) => `${file.name} (${sizeText(file.size)})`);
    const items = (texts.length === 0 ? ["Chưa chọn tệp nào"] : texts).map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    });
    chosen.replaceChildren(...items);
  };
  field.addEventListener("change", name);
  name();
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
  const field = /** @type {HTMLInputElement | null} */ (form?.querySelector("input.file") ?? null);
  if (field === null || !(event.target instanceof Node) || !form?.contains(event.target)) return;
  // those that were chosen before stay
  const all = new DataTransfer();
  const added = [...(event.dataTransfer?.files ?? [])];
  const meant = field.multiple ? [...(field.files ?? []), ...added] : added.slice(0, 1);
  for (const file of meant) all.items.add(file);
  field.files = all.files;
  field.dispatchEvent(new Event("change"));
}

for (const field of document.querySelectorAll('input[type="file"]')) {
  if (field instanceof HTMLInputElement) dress(field);
}
if (form !== null) {
  const hint = document.createElement("p");
  hint.className = "note";
  hint.textContent = "Có thể kéo tệp thả vào khung này.";
  form.querySelector("label")?.after(hint);
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("over");
  });
}

export {};
