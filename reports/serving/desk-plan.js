// Keeps what is typed into a step of a plan until it is saved, in this browser alone: a window that is
// closed, a machine that is started again or a desk that does not answer loses nothing. Without it what
// was saved last is there.
const KEPT = "chitieu-ke-hoach ";
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.plan"));
const marks = /** @type {HTMLInputElement | null} */ (form?.querySelector('[name="_marks"]'));
const key = KEPT + location.pathname;

/** @param {string} one */
const keptAt = (one) => JSON.parse(localStorage.getItem(one) ?? "null");
const keys = () => Object.keys(localStorage).filter((one) => one.startsWith(KEPT));

/** Names and values of what somebody can type or choose. */
function typed() {
  const fields = form === null ? [] : [...new FormData(form)];
  return fields.filter(([name, value]) => !/^(_|co:)/.test(name) && typeof value === "string");
}

/** @param {[string, string][]} kept */
function fill(kept) {
  for (const field of form?.elements ?? []) {
    const values = kept
      .filter(([name]) => name === field.getAttribute("name"))
      .map(([, one]) => one);
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) {
      field.checked = values.includes(field.value);
    } else if (
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement ||
      (field instanceof HTMLInputElement && field.type === "text")
    ) {
      field.value = values[0] ?? field.value;
    }
  }
}

// the desk has answered what was sent, and says so: a log-in or a desk that was gone has not kept it
const sent = /** @type {HTMLInputElement | null} */ (form?.querySelector('[name="_sent"]'));
const [, answered] = /(?:^|; )chitieu_da_luu=([^;]+)/.exec(document.cookie) ?? [];
for (const one of keys()) {
  if (answered !== undefined && keptAt(one)?.sent === answered) localStorage.removeItem(one);
}
const before = keptAt(key);
if (before !== null && JSON.stringify(before.said) !== JSON.stringify(typed())) {
  fill(before.said);
  // what somebody else has changed since is shown when this is saved
  if (marks !== null) marks.value = before.marks;
  const notice = document.createElement("p");
  notice.className = "asked";
  notice.setAttribute("role", "status");
  notice.textContent = "Các ô giữ điều đã gõ lần trước mà chưa lưu. ";
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "plain";
  drop.textContent = "Bỏ, lấy lại bản đã lưu";
  drop.addEventListener("click", () => {
    localStorage.removeItem(key);
    location.reload();
  });
  notice.append(drop);
  form?.prepend(notice);
}

const keep = () =>
  localStorage.setItem(
    key,
    JSON.stringify({ said: typed(), marks: marks?.value, sent: sent?.value }),
  );
form?.addEventListener("input", keep);
form?.addEventListener("submit", () => {
  if (sent !== null) sent.value = `${Date.now()}-${Math.random()}`;
  keep();
});
// whoever leaves a machine to others leaves nothing there
for (const one of document.querySelectorAll('form[action$="/dang-xuat"]')) {
  one.addEventListener("submit", () => {
    for (const kept of keys()) localStorage.removeItem(kept);
  });
}

export {};
