import type { DuckDBConnection } from "@duckdb/node-api";

/** Connections to one database that statements are run on side by side. */
export interface Lanes {
  /** Hands `work` a connection that nothing else uses meanwhile, as soon as there is one. */
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
}

/** Lanes of the given connections; who asked first gets the next that is free. */
export function lanesOf(connections: readonly DuckDBConnection[]): Lanes {
  const free = [...connections];
  const waiting: ((connection: DuckDBConnection) => void)[] = [];
  return {
    async use(work) {
      const connection =
        free.shift() ?? (await new Promise<DuckDBConnection>((resolve) => waiting.push(resolve)));
      try {
        return await work(connection);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(connection);
        else next(connection);
      }
    },
  };
}
