import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const REPORTS = join(import.meta.dirname, "../../reports");

interface Rendered {
  readonly html: string;
}

interface Component {
  render(props: Readonly<Record<string, unknown>>): Rendered;
}

/** What is used of the pages' own Vite, which is another version than that of the tests. */
interface Server {
  ssrLoadModule(path: string): Promise<{ default: Component }>;
  close(): Promise<void>;
}

export interface Components {
  /** Renders a component as a page's server does. @param name path in `reports/components` */
  render(name: string, props: Readonly<Record<string, unknown>>): Promise<string>;
  close(): Promise<void>;
}

/** A package as the pages have it; a test would import its own version. */
async function importOfReports(name: string) {
  const { resolve } = createRequire(join(REPORTS, "package.json"));
  const folder = resolve.paths(name)?.find((path) => existsSync(join(path, name)));
  if (folder === undefined) throw new Error(`${name} is not installed.`);
  const manifest = JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8"));
  const file = join(folder, name, manifest.exports["."].import.default);
  return await import(pathToFileURL(file).href);
}

/** Makes components that need nothing of SvelteKit ready to be rendered. */
export async function openComponents(): Promise<Components> {
  const [{ createServer }, { svelte, vitePreprocess }] = await Promise.all([
    importOfReports("vite"),
    importOfReports("@sveltejs/vite-plugin-svelte"),
  ]);
  const server: Server = await createServer({
    root: REPORTS,
    configFile: false,
    logLevel: "error",
    plugins: [
      svelte({ configFile: false, preprocess: vitePreprocess({ style: false }), hot: false }),
    ],
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, watch: null },
  });
  return {
    render: async (name, props) => {
      const { default: component } = await server.ssrLoadModule(`/components/${name}.svelte`);
      return component.render(props).html;
    },
    close: async () => await server.close(),
  };
}
