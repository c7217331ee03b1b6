// What can be taken away: links, commands, pictures and tables.

import { attempt, get, save } from "./dom";
import type { Film } from "./film";
import type { Lab, Link } from "./lab";
import { png } from "./svg";

/** What there is to take. */
export interface Shown {
  /** The link to what is shown, and the command that makes it. */
  link(): Promise<Link>;
  /** The names of the files that were given to the page. */
  files(): string[];
  /** What files of a picture and of a run are called, without their endings. */
  name(): { picture: string; run: string };
  /** The map or the picture that is shown, as SVG. */
  svg(): Promise<string>;
  /** The run that is looked into. */
  run(): number;
}

/** Listens to the buttons. */
export function listen(lab: Lab, shown: Shown, film: Film): void {
  const button = (id: string, act: (button: HTMLElement) => unknown): void =>
    get(id).addEventListener("click", () => void act(get(id)));
  const here = location.href.split("#")[0] ?? "";
  button("copy-link", async (at) => {
    const { address } = await shown.link();
    await copy(`${here}#${address}`, at);
    const named = shown.files().filter((name) => address.includes(encodeURIComponent(name)));
    if (named.length > 0) get("taken").textContent = `${named.join(", ")} is not in the link: whoever opens it must drop the file on the page.`;
  });
  button("copy-command", async (at) => copy((await shown.link()).command, at));
  const take = (name: string, content: Promise<Blob | undefined>): Promise<void> =>
    attempt("failure", content.then((blob) => blob && save(name, blob)));
  const text = (type: string) => (text: string) => new Blob([text], { type });
  const picture = (ending: string): string => `${shown.name().picture}.${ending}`;
  button("save-svg", () => take(picture("svg"), shown.svg().then(text("image/svg+xml"))));
  button("save-png", () => take(picture("png"), shown.svg().then(png)));
  button("save-gif", () => take(picture("gif"), film.record()));
  button("save-csv", () => take(`${shown.name().run}.csv`, lab.csv(shown.run()).then(text("text/csv"))));
}

/** Says of which picture files are. */
export function tellTaken(title: string): void {
  get("taken").textContent = title
    ? `SVG, PNG and GIF are of the picture “${title}”; CSV is of the algorithm that is looked into.`
    : "SVG, PNG and GIF are of the map; CSV is of the algorithm that is looked into.";
}

async function copy(text: string, button: HTMLElement): Promise<void> {
  // A second click comes while it says that the first was heard.
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
