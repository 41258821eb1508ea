// In the place of `nanoid`, by which Evidence's components name what they draw: by number, so that the
// same rows make the same page.
let last = 0;

/** Numbers begin anew: to be called where a page is rendered on the server, which does it in one go. */
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
