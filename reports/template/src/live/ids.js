// Replaces `nanoid`, with which Evidence's components name what they draw: numbers, so that the same
// rows make the same page.
let last = 0;

/** Starts counting again: call it before a page is rendered on the server, which is synchronous. */
export function startAnew() {
  last = 0;
}

/**
 * A name that no other has on its page.
 * @param {number} [size] how many letters and digits it has
 */
export function nanoid(size = 10) {
  last += 1;
  // an id begins with a letter
  return `i${last
    .toString(36)
    .padStart(size - 1, "0")
    .slice(1 - size)}`;
}
