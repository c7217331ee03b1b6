// The page: keeps an experiment as the parts of its address and shows its results.

import "./style.css";
import { bytesOf } from "./base64";
import { setBusy } from "./busy";
import { Chart } from "./chart";
import { type Colors, type DataFile, type Experiment, type Position, type Results, type ViewState, WorkerClient } from "./client";
import { attempt, get, make, message } from "./dom";
import { FigurePanel } from "./figures";
import { GifRecorder } from "./gif";
import { AddressHistory, type HistoryEntry } from "./history";
import { Inspector } from "./inspector";
import { showLegend } from "./legend";
import { LossMap } from "./map";
import { Player } from "./player";
import { PrintPreparation } from "./print";
import { Readout } from "./readout";
import { Runner } from "./runner";
import { Settings } from "./settings";
import * as share from "./share";
import { loadFiles } from "./storage";
import { Table } from "./table";
import { ThemeSwitch } from "./theme";
import { Tour } from "./tour";

const client = new WorkerClient();
const embedded = new URLSearchParams(location.search).has("embed");
document.documentElement.classList.toggle("embed", embedded);

/** Reads the address and the data files that the program wrote into the page. */
function embeddedExperiment(): { address: string; files: DataFile[] } {
  const text = get("experiment").textContent?.trim();
  if (!text) return { address: "", files: [] };
  const { address, files } = JSON.parse(text) as { address: string; files: string[] };
  const names = files.filter((_, i) => i % 2 === 0);
  return { address, files: names.map((name, i) => ({ name, bytes: bytesOf(files[2 * i + 1] ?? "") })) };
}

/** Returns the names of exported files: the problem, followed by the figure or the algorithm. */
const fileNames = ({ experiment, picks }: Runner, figure: string, run: number): { picture: string; run: string } => {
  const idOf = (pick: string): string => pick.split(":")[0] ?? "";
  const problem = experiment?.problem.id ?? "";
  const id = idOf(picks[run] ?? "");
  const before = picks.slice(0, run).filter((pick) => idOf(pick) === id).length;
  return { picture: `${problem}-${idOf(figure) || "map"}`, run: `${problem}-${id}${before > 0 ? `-${before + 1}` : ""}` };
};

async function start(): Promise<void> {
  const themeSwitch = new ThemeSwitch();
  const [colors, catalog] = await Promise.all([client.colors(themeSwitch.theme), client.catalog()]);
  const initial = embeddedExperiment();
  if (initial.files.length === 0) initial.files = loadFiles();
  const runner = new Runner(client, initial.files, () => themeSwitch.theme);
  const map = new LossMap(client, () => ({ theme: themeSwitch.theme, run: inspector.run }));
  const player = new Player(client);
  const table = new Table(colors);
  const inspector = new Inspector(client, () => themeSwitch.theme);
  const settings = new Settings(client, catalog, colors, runner);
  const visibleWindow = (): number[] => (map.isFull ? [] : map.window);
  const context = () => ({ theme: themeSwitch.theme, window: visibleWindow(), position: map.position, run: inspector.run });
  const figures = new FigurePanel(client, catalog, context);
  const readout = new Readout(client);
  const chart = new Chart(client, () => ({ theme: themeSwitch.theme, position: map.position }));
  /** Returns the address of what is visible. */
  const currentParts = (): string[] => {
    const parts = [...runner.parts];
    if (figures.pick) parts.push("figure", figures.pick);
    if (map.hasMap && !map.isFull) parts.push("window", map.window.join(","));
    if (player.byEvaluations) parts.push("by", "evaluations");
    if (player.position !== null) parts.push("at", String(player.position));
    return [...parts, "run", String(inspector.run + 1)];
  };
  const addressHistory = new AddressHistory(client, currentParts);
  let results: Results | undefined;
  let shownProblem = "";
  /** Number of addresses that are being opened. The changes that they cause are not recorded one by one. */
  let opening = 0;
  const record = (entry: HistoryEntry): void => {
    // Opening an address moves the view, which is not a change by the user; other changes are.
    if (opening === 0 || entry !== "view") void addressHistory.record(entry).catch(() => {});
  };
  const viewChanged = (): void => record("view");

  /** Is fulfilled when the last position of the player is drawn. */
  let moved: Promise<unknown> = Promise.resolve();
  runner.onResults = (newResults) => {
    const hadMap = map.hasMap;
    results = newResults;
    get("title").textContent = results.title;
    map.update(results.window, results.plane, runner.isDragging);
    if (map.hasMap !== hadMap) showWhetherMapExists();
    table.show(results.table);
    showLegend(results.table, colors);
    inspector.listRuns(results.table);
    player.show(results.table);
    print.invalidate();
    return Promise.all([moved, figures.refresh()]);
  };
  const showWhetherMapExists = (): void => {
    document.documentElement.toggleAttribute("data-no-map", !map.hasMap);
    readout.reset(map.hasMap, runner.experiment?.dim ?? 0);
  };

  runner.onExperiment = (experiment: Experiment, newResults: Results, view: ViewState | undefined) => {
    recorder.stop();
    get("notes").replaceChildren(...experiment.notes.map((note) => make("li", {}, note)));
    get("notes").hidden = experiment.notes.length === 0;
    // The color of an optimizer does not depend on the other optimizers.
    if (experiment.styles.length > 0) colors.paths = experiment.styles;
    map.hasMap = newResults.window !== null;
    showWhetherMapExists();
    get("handle").setAttribute("aria-label", `Initial point: ${experiment.start}. Use the arrow keys to move it.`);
    const problem = JSON.stringify([experiment.problem.pick, experiment.plane]);
    const isOther = problem !== shownProblem;
    shownProblem = problem;
    if (isOther) map.clear();
    if (isOther || view) {
      player.restore(view?.by ?? player.unit, view?.at ?? null);
      map.isFull = !view?.window;
      map.window = view?.window ?? newResults.window ?? map.window;
    }
    map.update(newResults.window, newResults.plane, runner.isDragging);
    map.refresh();
    if (view) {
      inspector.listRuns(newResults.table);
      inspector.selectRun(view.run - 1);
    }
    settings.show(experiment, newResults);
  };
  runner.onEntry = record;

  map.onStart = (at, done) => void attempt("failure", runner.set("start", at, done ? "new" : "drag"));
  map.onWindow = () => {
    figures.windowChanged();
    readout.reset(map.hasMap, runner.experiment?.dim ?? 0);
    viewChanged();
  };
  map.onLate = (late) => setBusy("map", late);
  map.onHover = (...at) => readout.show(at, map.window);
  player.onMove = (position, announce) => {
    map.position = position;
    moved = Promise.all([map.updateOverlay(), inspector.show(position, announce), chart.refresh()]);
    figures.playerMoved();
    viewChanged();
  };
  player.onUnit = () => void chart.refresh();
  inspector.onAnnounce = (text) => (get("announcement").textContent = text);
  inspector.onRun = () => {
    void map.updateOverlay();
    figures.playerMoved();
    viewChanged();
  };
  get("picture-stop").addEventListener("click", () => runner.stop());

  figures.onFigure = (title) => {
    share.describeExports(title);
    viewChanged();
  };
  figures.onSelected = () => record("new");
  share.describeExports("");
  const setColors = (newColors: Colors): void => {
    Object.assign(colors, newColors);
    if (results) showLegend(results.table, colors);
  };
  const print = new PrintPreparation(
    async () => (themeSwitch.theme === "dark"
      ? { colors: await client.colors("light"), map: await map.drawings("light"), picture: await figures.svgIn("light") }
      : undefined),
    (version) => {
      const darkColors = { ...colors };
      setColors(version.colors);
      const darkMap = map.replace(version.map);
      const uncover = version.picture ? figures.cover(version.picture) : () => {};
      return () => {
        setColors(darkColors);
        map.replace(darkMap);
        uncover();
      };
    },
  );
  figures.onDrawn = () => print.invalidate();
  map.onDrawn = () => print.invalidate();
  const mapAt = (position: Position, recipe?: string) =>
    client.figure("contour", visibleWindow(), themeSwitch.theme, position, 0, recipe);
  /** Returns the command that draws the map or the figure, or that animates it. */
  const recipe = async (isAnimation: boolean) => {
    const parts = currentParts();
    const window = parts.indexOf("window");
    // A figure can show the full window although the map does not.
    if (window >= 0 && figures.pick && !figures.showsVisiblePart) parts.splice(window, 2);
    const { address } = await client.link(parts);
    return client.recipe(address, runner.files, themeSwitch.theme, isAnimation);
  };
  const recorder = new GifRecorder(client, player, () => recipe(true), async (position, isDraft) => {
    if (figures.pick && !figures.followsPlayer) throw new Error("This figure shows complete runs and cannot be animated.");
    return figures.pick ? figures.svgAt(position, isDraft) : mapAt(position);
  });
  share.listen(client, {
    link: () => addressHistory.currentLink(),
    files: () => runner.files.map((file) => file.name),
    names: () => fileNames(runner, figures.pick, inspector.run),
    recipe: () => recipe(false),
    svg: (recipe) => (figures.pick ? figures.svgWith(recipe) : mapAt(map.position, recipe)),
    run: () => inspector.run,
  }, recorder);

  themeSwitch.onChange = async () => {
    Object.assign(colors, await client.colors(themeSwitch.theme));
    void map.recolor();
    if (runner.experiment && results) settings.show(runner.experiment, results);
    if (results) void runner.onResults(results);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target === document.body) {
      event.preventDefault();
      get("play").click();
    }
  });

  /** Opens an address: the experiment, the view, the figure, and the text of the tour. */
  async function open(address: string, entry: HistoryEntry, files = runner.files): Promise<void> {
    opening += 1;
    addressHistory.discardPending();
    player.pause();
    try {
      const { results, figure } = await runner.open(address, files);
      // In a frame, the page shows only the map.
      await figures.open(embedded ? "" : figure);
      tour.addressOpened(address, results);
      await addressHistory.record(entry);
    } finally {
      opening -= 1;
    }
  }
  const tour = new Tour(async (address) => {
    await attempt("failure", open(address, "new"));
    return results;
  });
  /** A link that failed, possibly because it needs a file. It is opened again when the user opens this file. */
  let failedLink = "";
  settings.onFiles = (names, files) => {
    if (!names.some((name) => failedLink.includes(encodeURIComponent(name)))) return undefined;
    // The link may need another file as well.
    runner.files = files;
    return open(failedLink, "none", files).then(() => (failedLink = ""));
  };
  const currentAddress = (): string => location.hash.slice(1) || initial.address;
  /** Opens the address of the page. If this fails, shows the error and keeps the last state. */
  async function openCurrentAddress(): Promise<void> {
    try {
      await open(currentAddress(), "none");
    } catch (error) {
      failedLink = currentAddress();
      if (!results) await open("", "none");
      const hint = /path=|\.csv|\.npy/.test(failedLink) ? " If the link needs a file, drop the file on the page." : "";
      get("failure").textContent = `The link cannot be opened: ${message(error)}.${hint}`;
    }
  }
  addEventListener("popstate", () => void openCurrentAddress());
  await openCurrentAddress();
  // The tests wait for this attribute. Its value is the loading time in milliseconds.
  document.documentElement.dataset["ready"] = String(Math.round(performance.now()));
}

start().catch((error: unknown) => {
  get("failure").textContent = `The page could not start: ${message(error)}`;
});
