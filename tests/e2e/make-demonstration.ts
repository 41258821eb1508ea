import { demonstrationSite } from "./demonstration.ts";

// A process of `setup.ts`.
await demonstrationSite();
