// The parts of the page and their connections.

import { setBusy } from "./base/busy";
import { get, make } from "./base/dom";
import { attempt, message } from "./base/errors";
import { AddressHistory, type HistoryEntry } from "./base/history";
import { isFirstVisit, loadFiles } from "./base/storage";
import { Player } from "./controls/player";
import { Scores } from "./controls/scores";
import { Settings } from "./controls/settings";
import * as sheets from "./controls/sheets";
import { ThemeSwitch } from "./controls/theme";
import { Exports } from "./exports";
import { showLegend } from "./map/legend";
import { LossMap } from "./map/map";
import { Readout } from "./map/readout";
import { ParentPage } from "./parent";
import { Chart } from "./pictures/chart";
import { FigurePanel } from "./pictures/figures";
import { SettingsMap } from "./pictures/settings_map";
import { Inspector } from "./pictures/inspector";
import { PrintPreparation } from "./pictures/print";
import { Table } from "./pictures/table";
import * as views from "./pictures/views";
import { bytesOf } from "./rpc/base64";
import type { Catalog, Colors, DataFile, Experiment, Results, ViewState, WorkerClient } from "./rpc/client";
import { newest } from "./rpc/newest";
import { WorkerPool } from "./rpc/pool";
import { Runner } from "./rpc/runner";
import { shareFields } from "./rpc/shared_fields";
import { state } from "./state";
import { Tour } from "./tour/tour";

/** Seconds that the first playback of the first visit takes. */
const WELCOME = 4;

/** Whether the page is a frame in another page. */
const embedded = new URLSearchParams(location.search).has("embed");

/** Reads the address and the data files that the program wrote into the page. */
function embeddedExperiment(): { address: string; files: DataFile[] } {
  const text = get("experiment").textContent?.trim();
  if (!text) return { address: "", files: [] };
  const { address, files } = JSON.parse(text) as { address: string; files: string[] };
  const names = files.filter((_, i) => i % 2 === 0);
  return { address, files: names.map((name, i) => ({ name, bytes: bytesOf(files[2 * i + 1] ?? "") })) };
}

export class Page {
  private runner: Runner;
  private map: LossMap;
  private player: Player;
  private inspector: Inspector;
  private table: Table;
  private chart: Chart;
  private figures: FigurePanel;
  private readout: Readout;
  private settingsMap: SettingsMap;
  private settings: Settings;
  private addressHistory: AddressHistory;
  private exports: Exports;
  private print: PrintPreparation;
  private parentPage: ParentPage;
  private tour: Tour;
  private shownProblem = "";
  /** Number of addresses that are being opened. The changes that they cause are not recorded one by one. */
  private opening = 0;
  /** Is fulfilled when the last position of the player is drawn. */
  private moved: Promise<unknown> = Promise.resolve();
  /** A link that failed, possibly because it needs a file. It is opened again when the user opens this file. */
  private failedLink = "";
  /** Names of the files that this link needs. */
  private missingFiles: string[] = [];

  /** Creates the page when the catalog is loaded. */
  static async load(client: WorkerClient): Promise<Page> {
    document.documentElement.classList.toggle("embed", embedded);
    const themeSwitch = new ThemeSwitch();
    const [colors, catalog] = await Promise.all([client.colors(themeSwitch.theme), client.catalog()]);
    return new Page(client, themeSwitch, colors, catalog, embeddedExperiment());
  }

  private constructor(
    private client: WorkerClient, private themeSwitch: ThemeSwitch, private colors: Colors, catalog: Catalog,
    private initial: { address: string; files: DataFile[] },
  ) {
    if (initial.files.length === 0) initial.files = loadFiles();
    const theme = (): string => this.themeSwitch.theme;
    this.runner = new Runner(client, initial.files, theme);
    this.map = new LossMap(client, theme);
    this.player = new Player(client);
    this.table = new Table(colors);
    this.inspector = new Inspector(client, theme);
    this.settings = new Settings(client, catalog, colors, this.runner);
    this.figures = new FigurePanel(client, catalog, () => ({
      theme: theme(), window: this.map.visibleWindow, position: state.position.value, run: state.selected.value,
    }));
    this.readout = new Readout(client);
    this.chart = new Chart(client, theme, () => this.player.playerTime, () => this.runner.isDragging);
    new Scores(client);
    const pool = new WorkerPool();
    shareFields(client, pool, () => this.runner.files);
    this.settingsMap = new SettingsMap(client, pool, this.runner, theme, () => state.results.value?.window ?? []);
    this.addressHistory = new AddressHistory(client, () => this.currentParts());
    this.exports = new Exports(client, this.runner, this.map, this.player, this.figures, this.addressHistory, theme, () => this.currentParts());
    this.print = this.preparePrint();
    this.parentPage = new ParentPage(client, this.runner, this.player, this.addressHistory, (address) => this.open(address, "new"));
    this.tour = new Tour(async (address) => {
      await attempt("failure", this.open(address, "new"));
      return state.results.value;
    }, async () => (await this.addressHistory.currentLink()).address);
    this.connectRunner();
    this.connectMap();
    this.connectPlayer();
    this.connectFigures();
    this.connectPage();
  }

  /** Returns the address of what is visible. */
  private currentParts(): string[] {
    const { runner, figures, map, player } = this;
    const parts = [...runner.parts];
    if (figures.pick) parts.push("figure", figures.pick);
    if (map.hasMap && !map.isFull) parts.push("window", map.window.join(","));
    if (player.byEvaluations) parts.push("by", "evaluations");
    if (player.position !== null) parts.push("at", String(player.position));
    return [...parts, "run", String(state.selected.value + 1)];
  }

  /** Records a change. Opening an address moves the view, which is not a change by the user; other changes are. */
  private record(entry: HistoryEntry): void {
    void this.parentPage.post();
    if (this.opening === 0 || entry !== "view") void this.addressHistory.record(entry).catch(() => {});
  }

  private connectRunner(): void {
    this.runner.onExperiment = (experiment, results, view) => this.showExperiment(experiment, results, view);
    this.runner.onResults = (results) => this.showResults(results);
    this.runner.onEntry = (entry) => this.record(entry);
    get("picture-stop").addEventListener("click", () => this.runner.stop());
  }

  private showExperiment(experiment: Experiment, results: Results, view: ViewState | undefined): void {
    const { map, player } = this;
    this.exports.stopRecording();
    // The color of an optimizer does not depend on the other optimizers.
    if (experiment.styles.length > 0) this.colors.paths = experiment.styles;
    map.hasMap = results.window !== null;
    this.showWhetherMapExists();
    get("handle").setAttribute("aria-label", `Initial point: ${experiment.start}. Use the arrow keys to move it.`);
    const problem = JSON.stringify([experiment.problem.pick, experiment.plane]);
    const isOther = problem !== this.shownProblem;
    this.shownProblem = problem;
    if (isOther) map.clear();
    if (isOther || view) {
      player.restore(view?.by ?? player.unit, view?.at ?? null);
      map.isFull = !view?.window;
      map.window = view?.window ?? results.window ?? map.window;
    }
    map.update(results, this.runner.isDragging);
    // During a drag, the map keeps its plane, and the initial point does not change the loss on it.
    if (this.runner.isDragging && !isOther) void map.updateOverlay();
    else map.refresh();
    if (view) {
      this.inspector.listRuns(results.table);
      this.inspector.selectRun(view.run - 1);
    }
    this.settings.show(experiment, results);
  }

  private showResults(results: Results): Promise<unknown> {
    const { map } = this;
    const hadMap = map.hasMap;
    state.results.value = results;
    showNotes([...(this.runner.experiment?.notes ?? []), ...results.notes]);
    get("title").textContent = results.title;
    map.update(results, this.runner.isDragging);
    if (map.hasMap !== hadMap) this.showWhetherMapExists();
    this.table.show(results.table);
    showLegend(results.table, this.colors);
    this.inspector.listRuns(results.table);
    this.player.show(results.table);
    this.print.invalidate();
    return Promise.all([this.moved, this.figures.refresh()]);
  }

  private showWhetherMapExists(): void {
    document.documentElement.toggleAttribute("data-no-map", !this.map.hasMap);
    this.readout.reset(this.map.hasMap, this.runner.experiment?.dim ?? 0);
  }

  private connectMap(): void {
    const { map, runner, figures } = this;
    const moveStart = newest((at: string, done: boolean) => attempt("failure", runner.set("start", at, done ? "new" : "drag")));
    map.onStart = (at, done) => {
      get("hint").hidden = true;
      void moveStart(at, done);
    };
    map.onWindow = () => {
      figures.windowChanged();
      this.readout.reset(map.hasMap, runner.experiment?.dim ?? 0);
      this.record("view");
    };
    map.onLate = (late) => setBusy("map", late);
    map.onHover = (...at) => this.readout.show(at, map.window);
    map.onDrawn = () => this.print.invalidate();
  }

  private connectPlayer(): void {
    const { player, inspector, figures } = this;
    player.onMove = (position, announce) => {
      state.position.value = position;
      this.moved = Promise.all([this.map.updateOverlay(), inspector.show(position, announce), this.chart.refresh()]);
      figures.playerMoved();
      this.record("view");
    };
    player.onTime = () => void this.chart.refresh();
    inspector.onAnnounce = (text) => (get("announcement").textContent = text);
    state.selected.watch(() => {
      figures.playerMoved();
      this.record("view");
    });
  }

  private connectFigures(): void {
    const { figures } = this;
    figures.onFigure = (title) => {
      this.exports.describe(title);
      this.record("view");
    };
    figures.onSelected = () => this.record("new");
    figures.onDrawn = () => this.print.invalidate();
    views.listen(() => figures.close());
  }

  private connectPage(): void {
    sheets.listen();
    this.themeSwitch.onChange = async () => {
      Object.assign(this.colors, await this.client.colors(this.themeSwitch.theme));
      void this.map.recolor();
      const results = state.results.value;
      if (this.runner.experiment && results) this.settings.show(this.runner.experiment, results);
      if (results) void this.showResults(results);
      this.settingsMap.refresh();
    };
    this.settings.onFiles = (names, files) => {
      if (!names.some((name) => this.missingFiles.includes(name))) return undefined;
      // The link may need another file as well.
      this.runner.files = files;
      return this.open(this.failedLink, "none", files).then(() => (this.missingFiles = []));
    };
    addEventListener("popstate", () => void this.openCurrentAddress());
    // A wide screen has space for the settings of the problem.
    if (matchMedia("(min-width: 1100px) and (min-height: 860px)").matches) get<HTMLDetailsElement>("problem-settings").open = true;
  }

  private preparePrint(): PrintPreparation {
    const setColors = (newColors: Colors): void => {
      Object.assign(this.colors, newColors);
      const results = state.results.value;
      if (results) showLegend(results.table, this.colors);
    };
    return new PrintPreparation(
      async () => (this.themeSwitch.theme === "dark"
        ? { colors: await this.client.colors("light"), map: await this.map.drawings("light"), picture: await this.figures.svgIn("light") }
        : undefined),
      (version) => {
        const darkColors = { ...this.colors };
        setColors(version.colors);
        const darkMap = this.map.replace(version.map);
        const uncover = version.picture ? this.figures.cover(version.picture) : () => {};
        return () => {
          setColors(darkColors);
          this.map.replace(darkMap);
          uncover();
        };
      },
    );
  }

  /** Opens an address: the experiment, the view, the figure, and the text of the tour. */
  private async open(address: string, entry: HistoryEntry, files = this.runner.files): Promise<void> {
    this.opening += 1;
    this.addressHistory.discardPending();
    this.player.pause();
    try {
      const { results, figure } = await this.runner.open(address, files);
      // In a frame, the page shows only the map.
      await this.figures.open(embedded ? "" : figure);
      await this.tour.addressOpened(address, results);
      await this.addressHistory.record(entry);
    } finally {
      this.opening -= 1;
      void this.parentPage.post();
    }
  }

  private get currentAddress(): string {
    return location.hash.slice(1) || this.initial.address;
  }

  /** Opens the address of the page. If this fails, shows the error and keeps the last state. */
  async openCurrentAddress(): Promise<void> {
    try {
      await this.open(this.currentAddress, "none");
    } catch (error) {
      this.failedLink = this.currentAddress;
      // A link that cannot be parsed does not need a file.
      this.missingFiles = await this.client.parseAddress(this.failedLink).then(({ files }) => files, () => []);
      if (!state.results.value) await this.open("", "none");
      const names = this.missingFiles.join(", ");
      const hint = names ? ` The link needs ${names}: drop the file on the page.` : "";
      get("failure").textContent = `The link cannot be opened: ${message(error)}.${hint}`;
    }
  }

  /** Plays the first experiment of the first visit, unless the user prefers less motion, and invites to drag. */
  welcome(): void {
    if (embedded || this.currentAddress !== "" || !isFirstVisit()) return;
    get("hint").hidden = false;
    this.map.draw();
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) this.player.start(WELCOME);
  }
}

function showNotes(notes: string[]): void {
  const content = notes.join("\n");
  const list = get("notes");
  if (list.dataset["content"] === content) return;
  list.dataset["content"] = content;
  list.replaceChildren(...notes.map((note) => make("li", {}, note)));
  list.hidden = notes.length === 0;
}
