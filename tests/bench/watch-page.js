// Runs in a page from before its first byte, and notes what a reader sees of it.
(() => {
  const SAMPLE_MS = 100;
  /** So many figures in the window and the reader has something to read. */
  const FIGURES = 5;

  const notes = { shift: 0, blankMs: [], samples: 0 };
  window.pageNotes = notes;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) notes.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });

  const textsIn = (root) => {
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) texts.push(node);
    return texts;
  };

  /** The runs of digits that can be seen, in the window or on the whole page; a hydrated page has its
   * texts in other pieces. */
  const numbers = (isWhole) => {
    const main = document.querySelector("main");
    if (main === null) return [];
    const found = [];
    // a published version has its own page within the page
    const sheet = main.querySelector(".ct-published-page")?.shadowRoot;
    for (const node of [...textsIn(main), ...(sheet ? textsIn(sheet) : [])]) {
      const here = node.textContent.match(/\d+/g);
      const element = node.parentElement;
      if (here === null) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const { top, bottom, width } = element.getBoundingClientRect();
      if (width > 0 && (isWhole || (bottom > 0 && top < innerHeight))) found.push(...here);
    }
    return found;
  };
  const isStyled = () =>
    getComputedStyle(document.querySelector("main") ?? document.body).fontFamily.includes("Inter");

  let first;
  const lookForFirst = () => {
    const seen = document.body === null ? [] : numbers(false);
    if (seen.length < FIGURES || !isStyled()) {
      requestAnimationFrame(lookForFirst);
      return;
    }
    // This frame paints them; what is queued here comes after it.
    setTimeout(() => {
      first = seen;
      notes.figuresMs = performance.now();
    });
  };
  requestAnimationFrame(lookForFirst);

  let charts = 0;
  setInterval(() => {
    const drawn = document.querySelectorAll("main svg:not(.ct-icon) :is(path, rect, line, circle)");
    if (drawn.length !== charts) {
      charts = drawn.length;
      notes.chartsMs = performance.now();
    }
    if (first === undefined) return;
    notes.samples += 1;
    const left = numbers(true);
    const isMissing = first.some((number) => {
      const place = left.indexOf(number);
      if (place >= 0) left.splice(place, 1);
      return place < 0;
    });
    if (isMissing || !isStyled()) notes.blankMs.push(Math.round(performance.now()));
  }, SAMPLE_MS);
})();
