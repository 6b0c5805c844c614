// What the server is started with. Nothing here needs the editor, so that it can be tested without one.

/** The extension's settings, as the editor has them. */
export interface Settings {
  /** The program, by its name or its path. */
  command: string;
  /** Folders of rule files besides those named `claims`. */
  paths: string[];
  /** The settings file; empty where it is looked for. */
  config: string;
}

/** The program and its arguments. A path that begins with `~/` is seen from the home folder, as in a shell. */
export function command(settings: Settings, home: string): { command: string; args: string[] } {
  const named = settings.command.trim();
  const program = named.startsWith("~/") ? home + named.slice(1) : named;
  return { command: program === "" ? "factcheck" : program, args: ["lsp"] };
}

/** What the server is told at the beginning. */
export function initializationOptions(settings: Settings): { paths: string[]; config?: string } {
  const paths = settings.paths.filter((path) => path.trim() !== "");
  return settings.config.trim() === "" ? { paths } : { paths, config: settings.config };
}

/** The documents that the server is told of: drafts, rule files, settings and tables. */
export const documents = [
  { scheme: "file", pattern: "**/*.{md,markdown,txt,html,htm}" },
  { scheme: "file", pattern: "**/*.toml" },
  { scheme: "file", pattern: "**/*.{csv,tsv,json,ndjson}" },
];

/** The files whose changes on disk the server is told of. */
export const watched = "**/*.{toml,md,markdown,txt,html,htm,docx,csv,tsv,json,ndjson}";
