import { testsOfDrawn } from "./innocent.ts";

testsOfDrawn(2000, 1000);
