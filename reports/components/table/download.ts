/** Hands a file to the reader. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
