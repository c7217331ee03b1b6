// The page: it keeps an experiment as the parts of its address, and shows what the program makes of it.

import "./style.css";
import { Controls } from "./controls";
import { get, make, message, save } from "./dom";
import { Inspector } from "./inspector";
import { Lab, type Catalog, type Columns, type Experiment } from "./lab";
import { LossMap } from "./map";
import { Player } from "./player";
import { swatch, Table } from "./table";
import { Tour, type Scene } from "./tour";

/** How a change enters the browser's history: as a new entry, in the place of the last one, or not at all. */
type Entry = "new" | "same" | "none";

const lab = new Lab();
if (new URLSearchParams(location.search).has("embed")) document.documentElement.classList.add("embed");

/** What the program wrote into the page: an address, and names and texts of data files. */
function written(): { address: string; files: string[] } {
  const text = get("experiment").textContent?.trim();
  return text ? (JSON.parse(text) as { address: string; files: string[] }) : { address: "", files: [] };
}

async function begin(): Promise<void> {
  const [colors, catalog, home] = await Promise.all([lab.colors(), lab.catalog(), lab.home()]);
  const map = new LossMap(lab, colors);
  const player = new Player();
  const table = new Table(colors);
  const inspector = new Inspector(lab, colors);
  const own = written();
  let files = own.files;
  let parts: string[] = [];
  let experiment: Experiment | undefined;
  let shownProblem = "";
  let asked = 0;
  let slow = 0;
  let before: Entry = "none";
  const panels: Controls[] = [];

  const without = (key: string): string[] => parts.filter((_, i) => parts[i - (i % 2)] !== key);
  const withValue = (key: string, text: string): string[] => (text === "" ? without(key) : [...without(key), key, text]);
  const picks = (): string[] => parts.filter((_, i) => i % 2 === 1 && parts[i - 1] === "with");
  const withPicks = (picks: string[]): string[] => [...without("with"), ...picks.flatMap((pick) => ["with", pick])];

  /** Runs an experiment; if it cannot be, the last one stays and the promise fails. */
  async function run(next: string[], entry: Entry, nextFiles = files): Promise<Columns | undefined> {
    const mine = (asked += 1);
    clearTimeout(slow);
    slow = window.setTimeout(() => (get("busy").hidden = false), 400);
    try {
      const answer = await lab.run(next, nextFiles);
      if (mine !== asked) return answer.columns;
      [parts, files, experiment] = [next, nextFiles, answer.experiment];
      get("failure").textContent = "";
      tell(answer.experiment, answer.columns);
      columnsCame(answer.columns, true);
      remember(answer.experiment.address, entry);
      return answer.columns;
    } finally {
      if (mine === asked) clearTimeout(slow);
      get("busy").hidden = !(mine === asked && going);
    }
  }

  let going = false;
  let columns: Columns | undefined;
  function columnsCame(came: Columns, toEnd: boolean): void {
    columns = came;
    going = came.going;
    get("busy").hidden = !going;
    map.columns = came;
    table.show(came.table);
    inspector.names(came);
    player.show(came, toEnd);
    void drawChart();
  }
  lab.onColumns = (came) => columnsCame(came, false);

  /** Shows what an experiment is: titles, controls, map. */
  function tell(now: Experiment, came: Columns): void {
    get("title").textContent = now.title;
    get("command").textContent = `thalweg train ${now.arguments}`;
    const problem = JSON.stringify([now.problem.pick, now.window === null]);
    // An optimizer has the same colour whoever else runs.
    if (now.styles.length > 0) colors.paths = now.styles;
    map.hasMap = now.window !== null;
    map.movable = now.movable;
    map.start = now.seen_start;
    map.minima = now.minima ?? [];
    get("readout").textContent = now.names ? `Across: ${now.names[0] ?? ""}. Up: ${now.names[1] ?? ""}.` : "There is no map: the problem has one weight.";
    get("handle").setAttribute("aria-label", `Start: ${now.start}. Arrow keys move it.`);
    if (now.window && problem !== shownProblem) map.show(now.window);
    else map.refresh();
    shownProblem = problem;
    fill("start", now.start);
    fill("target", now.target ?? "none");
    fill("epochs", String(now.epochs));
    get<HTMLSelectElement>("problem").value = now.problem.id;
    problemControls.show(now.problem);
    while (panels.length > now.optimizers.length) {
      panels.pop();
      get("optimizers").lastElementChild?.remove();
    }
    now.optimizers.forEach((panel, i) => {
      const controls = (panels[i] ??= optimizer(i));
      const box = get("optimizers").children[i];
      const title = box?.querySelector("summary");
      title?.replaceChildren(swatch(colors, i), came.table[i]?.name ?? panel.title);
      const about = box?.querySelector(".about");
      if (about) about.textContent = panel.summary;
      const formula = box?.querySelector("pre");
      if (formula) formula.textContent = panel.formula;
      controls.show(panel);
    });
  }

  const problemControls = new Controls(lab, catalog, "problems", get("problem-rows"), async (pick, done) => {
    await run(parts.map((part, i) => (i % 2 === 1 && parts[i - 1] === "on" ? pick : part)), done ? "new" : "same");
  });
  /** A box with the controls of the algorithm of this number. */
  function optimizer(i: number): Controls {
    const rows = make("div", { id: `with-${i}` });
    const remove = make("button", { type: "button", class: "remove" }, "Remove");
    remove.addEventListener("click", () => void attempt("failure", run(withPicks(picks().filter((_, j) => j !== i)), "new")));
    get("optimizers").append(
      make("details", {}, make("summary"), make("p", { class: "about" }), make("pre"), rows, remove),
    );
    return new Controls(lab, catalog, "optimizers", rows, async (pick, done) => {
      await run(withPicks(picks().map((old, j) => (j === i ? pick : old))), done ? "new" : "same");
    });
  }

  function fill(id: string, text: string): void {
    const input = get<HTMLInputElement>(id);
    if (input !== document.activeElement || !input.matches(":user-invalid")) input.value = text;
    problemOf(input, "");
  }

  function problemOf(input: HTMLElement, text: string): void {
    const error = input.parentElement?.querySelector(".error");
    if (error) error.textContent = text;
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  /** Says what went wrong where it belongs. */
  async function attempt(place: string | HTMLElement, work: Promise<unknown>): Promise<void> {
    try {
      await work;
      if (typeof place !== "string") problemOf(place, "");
    } catch (error) {
      if (typeof place === "string") get(place).textContent = message(error);
      else problemOf(place, message(error));
    }
  }

  /** A drag is one entry, made with its first change. */
  function remember(address: string, entry: Entry): void {
    const follows = before === "same";
    before = entry;
    if (entry === "none" || location.hash === `#${address}`) return;
    if (follows) history.replaceState(null, "", `#${address}`);
    else history.pushState(null, "", `#${address}`);
  }

  async function drawChart(): Promise<void> {
    try {
      const svg = await lab.chart(get<HTMLInputElement>("log").checked, player.byEvaluations);
      get("chart").replaceChildren(drawn(svg));
    } catch {
      // The run was stopped: the last chart stays.
    }
  }

  /** An SVG of the program's own as an element. */
  function drawn(svg: string): Node {
    return document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
  }

  for (const key of ["start", "target", "epochs"]) {
    const input = get<HTMLInputElement>(key);
    input.addEventListener("change", () => void attempt(input, run(withValue(key, input.value.trim()), "new")));
  }
  const options = (list: string): HTMLOptionElement[] =>
    (catalog as Catalog)[list]?.map((entry) => make("option", { value: entry.id, title: entry.summary }, entry.title)) ?? [];
  const problem = get<HTMLSelectElement>("problem");
  problem.replaceChildren(...options("problems"));
  problem.addEventListener("change", () => {
    const examples: Record<string, string> = { formula: "formula:(1-x)^2+5*(y-x^2)^2" };
    const next = ["on", examples[problem.value] ?? problem.value, ...picks().flatMap((pick) => ["with", pick])];
    void attempt("failure", run(next, "new"));
  });
  const add = get<HTMLSelectElement>("add");
  add.replaceChildren(make("option", { value: "" }, "choose an algorithm"), ...options("optimizers"));
  add.addEventListener("change", () => {
    const pick = add.value;
    add.value = "";
    if (pick) void attempt("failure", run(withPicks([...picks(), pick]), "new"));
  });

  /** Takes a CSV file; its text stays in this page. */
  async function take(file: File): Promise<void> {
    const text = await file.text();
    const pick = await lab.changed("problems", "csv", "path", file.name);
    await run(["on", pick, ...picks().flatMap((pick) => ["with", pick])], "new", [file.name, text]);
  }
  const chooser = get<HTMLInputElement>("file");
  chooser.addEventListener("change", () => {
    const file = chooser.files?.[0];
    if (file) void attempt(chooser, take(file));
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void attempt(chooser, take(file));
  });

  map.onStart = (at, done) => void attempt("failure", run(withValue("start", at), done ? "new" : "same"));
  let hovering = false;
  map.onHover = (x, y) => {
    if (hovering) return;
    hovering = true;
    lab.point(x, y).then((words) => (get("readout").textContent = words), () => {}).finally(() => (hovering = false));
  };
  player.onMove = (shown, spoken) => {
    map.shown = shown;
    map.redraw();
    inspector.show(shown, spoken);
  };
  inspector.onArrows = (arrows) => {
    map.arrows = arrows;
    map.redraw();
  };
  inspector.onSaid = (words) => (get("said").textContent = words);
  get("log").addEventListener("change", () => void drawChart());
  get("by").addEventListener("change", () => void drawChart());
  get("stop").addEventListener("click", () => {
    // A worker that hears nothing any more is ended; what was drawn stays.
    const hears = lab.stop();
    const deaf = window.setTimeout(() => {
      lab.restart();
      get("failure").textContent = "The run was stopped; change something and it begins anew.";
      get("busy").hidden = true;
    }, 500);
    void hears.then(() => clearTimeout(deaf), () => {});
  });

  async function copy(text: string, button: HTMLElement): Promise<void> {
    const label = button.textContent;
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
  const button = (id: string, act: (button: HTMLElement) => unknown): void =>
    get(id).addEventListener("click", () => void act(get(id)));
  button("copy-link", (at) => copy(`${location.href.split("#")[0]}#${experiment?.address ?? ""}`, at));
  button("copy-command", (at) => copy(`thalweg train ${experiment?.arguments ?? ""}`, at));
  const figure = (): Promise<string> => lab.figure("contour", map.window);
  button("save-svg", () => attempt("failure", figure().then((svg) => save("thalweg.svg", new Blob([svg], { type: "image/svg+xml" })))));
  button("save-png", () => attempt("failure", figure().then(pixels).then((png) => save("thalweg.png", png))));
  button("save-csv", () => attempt("failure", lab.csv(inspector.run).then((csv) => save("thalweg.csv", new Blob([csv], { type: "text/csv" })))));

  function dark(on: boolean): void {
    document.documentElement.dataset["theme"] = on ? "dark" : "light";
    get("theme").setAttribute("aria-pressed", String(on));
  }
  get("theme").addEventListener("click", () => dark(get("theme").getAttribute("aria-pressed") !== "true"));
  dark(matchMedia("(prefers-color-scheme: dark)").matches);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => dark(event.matches));

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target === document.body) {
      event.preventDefault();
      get("play").click();
    }
  });

  /** Opens an address; one that names no algorithm shows the article's. */
  async function open(address: string, entry: Entry): Promise<Columns | undefined> {
    player.pause();
    return run(await lab.parts(address || home), entry);
  }
  new Tour(async (scene: Scene) => {
    await attempt("failure", open(scene.address, "new"));
    if (scene.start) await attempt("failure", run(withValue("start", scene.start), "same"));
    if (scene.window) map.show(scene.window);
    if (scene.inspect !== undefined) inspector.choose(scene.inspect);
    if (scene.epoch !== undefined) player.go(scene.epoch, true);
    return columns;
  });
  const follow = (): void => void attempt("failure", open(location.hash.slice(1) || own.address, "none"));
  addEventListener("popstate", follow);
  const first = location.hash.slice(1) || own.address;
  try {
    await open(first, "none");
  } catch (error) {
    // What cannot be opened is said, beside what can.
    await open(home, "none");
    get("failure").textContent = `The link cannot be opened: ${message(error)}`;
  }
  // Tests wait for it, and read how long it took.
  document.documentElement.dataset["ready"] = String(Math.round(performance.now()));
}

/** An SVG as pixels, two for each px. */
async function pixels(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = make("canvas");
  [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("this browser makes no PNG"))));
  });
}

begin().catch((error: unknown) => {
  get("failure").textContent = `The page could not start: ${message(error)}`;
});
