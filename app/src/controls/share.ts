// Shares and exports the current state: links, commands, pictures, and tables.

import type { Link, WorkerClient } from "../rpc/client";
import { download, get } from "../base/dom";
import { attempt } from "../base/errors";
import type { GifRecorder } from "../pictures/gif";
import { png } from "../pictures/svg";

/** The state that can be exported. */
export interface ExportSource {
  /** Returns the link to the current state and the command that reproduces it. */
  link(): Promise<Link>;
  /** Returns the names of the files that the user opened. */
  files(): string[];
  /** Returns the file names of a picture and of a run, without extension. */
  names(): { picture: string; run: string };
  /** Returns the command that draws the map or the figure. */
  recipe(): Promise<string>;
  /** Returns the map or the figure as SVG with a recipe. */
  svg(recipe: string): Promise<string>;
  /** Returns the index of the selected run. */
  run(): number;
}

/** Connects the buttons. */
export function listen(client: WorkerClient, source: ExportSource, recorder: GifRecorder): void {
  const onClick = (id: string, act: (button: HTMLElement) => unknown): void =>
    get(id).addEventListener("click", () => void act(get(id)));
  const page = location.href.split("#")[0] ?? "";
  onClick("copy-link", async (button) => {
    const { address } = await source.link();
    await copy(`${page}#${address}`, button);
    const named = source.files().filter((name) => address.includes(encodeURIComponent(name)));
    if (named.length > 0) {
      get("export-note").textContent = `The link does not contain ${named.join(", ")}. To open the link, drop the file on the page.`;
    }
  });
  onClick("copy-command", async (button) => copy((await source.link()).command, button));
  const save = (name: string, content: Promise<Blob | undefined>): Promise<void> =>
    attempt("failure", content.then((blob) => blob && download(name, blob)));
  const blobOf = (type: string) => (text: string) => new Blob([text], { type });
  const picture = (extension: string): string => `${source.names().picture}.${extension}`;
  const svg = async (): Promise<Blob> => blobOf("image/svg+xml")(await source.svg(await source.recipe()));
  const pngFile = async (): Promise<Blob> => {
    const recipe = await source.recipe();
    const pixels = await png(await source.svg(recipe));
    const file = await client.pngWithRecipe(new Uint8Array(await pixels.arrayBuffer()), recipe);
    return new Blob([file], { type: "image/png" });
  };
  onClick("save-svg", () => save(picture("svg"), svg()));
  onClick("save-png", () => save(picture("png"), pngFile()));
  onClick("save-gif", () => save(picture("gif"), recorder.record()));
  onClick("save-csv", () => save(`${source.names().run}.csv`, client.csv(source.run()).then(blobOf("text/csv"))));
}

/** Describes the content of the files. An empty title stands for the map. */
export function describeExports(title: string): void {
  const picture = title ? `the figure “${title}”` : "the map";
  get("export-note").textContent = `SVG, PNG, and GIF files show ${picture}. CSV files contain the run of the selected algorithm.`;
}

async function copy(text: string, button: HTMLElement): Promise<void> {
  // The stored label is needed for a second click while the button shows the result of the first.
  const label = (button.dataset["label"] ??= button.textContent ?? "");
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    get("command").textContent = text;
    getSelection()?.selectAllChildren(get("command"));
    button.textContent = "Press Ctrl-C";
  }
  setTimeout(() => (button.textContent = label), 1500);
}
