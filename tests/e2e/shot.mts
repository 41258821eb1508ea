import { withSite } from "./site.ts";

await withSite(async (v) => {
  for (const [name, path, w] of [
    ["home1440", "/", 1440],
    ["ind1440", "/ke-hoach-mau/chi-tieu/CT03/", 1440],
    ["home390", "/", 390],
    ["ind390", "/ke-hoach-mau/chi-tieu/CT03/", 390],
    ["nf", "/xx", 1440],
  ] as const) {
    const { page, errors, requests } = await v.openPage(path, { width: w, height: 900 });
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/shot-${name}.png`, fullPage: true });
    console.log(name, errors, requests.length);
    if (name === "ind1440") await page.pdf({ path: "/tmp/shot.pdf", format: "A4" });
    if (name === "home1440") {
      await page.locator("table tr", { hasText: "CT05" }).click();
      await page.waitForTimeout(3000);
      await page.screenshot({ path: `/tmp/shot-nav.png` });
      console.log(page.url(), errors, requests.slice(-6));
    }
  }
});
