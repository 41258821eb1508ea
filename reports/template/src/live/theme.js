import { getThemeStores } from "$library/themes/themes.js";

/**
 * Has the colours of Evidence's components follow the choice of light or dark that the page's first
 * script makes. To be called while a page is made.
 * @returns ends it
 */
export function followTheme() {
  const themes = getThemeStores();
  if (import.meta.env.SSR) return () => {};
  const page = document.documentElement;
  const follow = () => themes.setAppearance(page.dataset.theme);
  follow();
  const observer = new MutationObserver(follow);
  observer.observe(page, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
