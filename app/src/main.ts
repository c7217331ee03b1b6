// The page: it keeps an experiment as the parts of its address, and shows what the program makes of it.

import "./style.css";
import { bytesOf } from "./base64";
import { busy } from "./busy";
import { Chart } from "./chart";
import { attempt, get, message } from "./dom";
import { Film } from "./film";
import { Inspector } from "./inspector";
import { keptFiles } from "./kept";
import { type Colors, type Columns, type DataFile, type Experiment, Lab, type Seen } from "./lab";
import { showLegend } from "./legend";
import { Look } from "./look";
import { LossMap } from "./map";
import { Paper } from "./paper";
import { Pictures } from "./pictures";
import { Player } from "./player";
import { Readout } from "./readout";
import { Runner } from "./runner";
import { Settings } from "./settings";
import * as share from "./share";
import { Table } from "./table";
import { Tour } from "./tour";
import { type Entry, Trail } from "./trail";

const lab = new Lab();
const embedded = new URLSearchParams(location.search).has("embed");
document.documentElement.classList.toggle("embed", embedded);

/** What the program wrote into the page: an address, and names and bytes of data files. */
function written(): { address: string; files: DataFile[] } {
  const text = get("experiment").textContent?.trim();
  if (!text) return { address: "", files: [] };
  const { address, files } = JSON.parse(text) as { address: string; files: string[] };
  const even = files.filter((_, i) => i % 2 === 0);
  return { address, files: even.map((name, i) => ({ name, bytes: bytesOf(files[2 * i + 1] ?? "") })) };
}

/** What files are called: after the problem, and after the picture or the algorithm. */
const names = ({ experiment, picks }: Runner, { shown }: Pictures, run: number): { picture: string; run: string } => {
  const idOf = (pick: string): string => pick.split(":")[0] ?? "";
  const problem = experiment?.problem.id ?? "";
  const id = idOf(picks[run] ?? "");
  const before = picks.slice(0, run).filter((pick) => idOf(pick) === id).length;
  return { picture: `${problem}-${idOf(shown) || "map"}`, run: `${problem}-${id}${before > 0 ? `-${before + 1}` : ""}` };
};

async function begin(): Promise<void> {
  const look = new Look();
  const [colors, catalog] = await Promise.all([lab.colors(look.theme), lab.catalog()]);
  const own = written();
  if (own.files.length === 0) own.files = keptFiles();
  const runner = new Runner(lab, own.files, () => look.theme);
  const map = new LossMap(lab, () => ({ theme: look.theme, run: inspector.run }));
  const player = new Player();
  const table = new Table(colors);
  const inspector = new Inspector(lab, () => look.theme);
  const settings = new Settings(lab, catalog, colors, runner);
  const seen = () => ({ theme: look.theme, window: map.window, epochs: map.shown, run: inspector.run });
  const pictures = new Pictures(lab, catalog, seen);
  const readout = new Readout(lab);
  const chart = new Chart(lab, () => ({ byEvaluations: player.byEvaluations, theme: look.theme, epochs: map.shown }));
  const trail = new Trail(lab, () => {
    const parts = [...runner.parts];
    if (pictures.shown) parts.push("figure", pictures.shown);
    if (map.hasMap && !map.whole) parts.push("window", map.window.join(","));
    if (player.byEvaluations) parts.push("by", "evaluations");
    if (player.place !== null) parts.push("at", String(player.place));
    return [...parts, "run", String(inspector.run + 1)];
  });
  let columns: Columns | undefined;
  let shownProblem = "";
  /** How many addresses are being opened: what changes meanwhile is not noted, for they take its place. */
  let opening = 0;
  const note = (entry: Entry): void => {
    if (opening === 0) void trail.note(entry).catch(() => {});
  };
  const looked = (): void => note("look");

  runner.onColumns = (came) => {
    columns = came;
    table.show(came.table);
    showLegend(came.table, colors);
    inspector.names(came);
    player.show(came);
    pictures.refresh();
    chart.refresh();
    paper.changed();
  };

  runner.onExperiment = (now: Experiment, came: Columns, seen: Seen | undefined) => {
    film.stop();
    get("title").textContent = now.title;
    // An optimizer has the same colour whoever else runs.
    if (now.styles.length > 0) colors.paths = now.styles;
    map.hasMap = now.window !== null;
    document.documentElement.toggleAttribute("data-flat", !map.hasMap);
    readout.reset(map.hasMap);
    get("handle").setAttribute("aria-label", `Start: ${now.start}. Arrow keys move it.`);
    const problem = JSON.stringify([now.problem.pick, now.plane, now.window === null]);
    if (problem !== shownProblem) {
      player.stand(seen?.by ?? player.counts, seen?.at ?? null);
      if (now.window) map.show(now.window, seen?.window ?? now.window);
    } else if (seen) {
      player.stand(seen.by, seen.at);
      if (now.window) map.showPart(now.window, seen.window ?? now.window);
    } else if (now.window) map.showPart(now.window, map.window);
    shownProblem = problem;
    if (seen) {
      inspector.names(came);
      inspector.choose(seen.run - 1);
    }
    settings.show(now, came);
  };
  runner.onEntry = note;

  map.onStart = (at, done) => void attempt("failure", runner.set("start", at, done ? "new" : "same"));
  map.onWindow = () => {
    pictures.zoomed();
    readout.reset(map.hasMap);
    looked();
  };
  map.onLate = (late) => busy("map", late);
  map.onHover = (...at) => readout.point(at, map.window);
  player.onMove = (shown, spoken) => {
    map.shown = shown;
    map.move();
    inspector.show(shown, spoken);
    pictures.moved();
    chart.refresh();
    looked();
  };
  player.onBy = () => chart.refresh();
  inspector.onSaid = (words) => (get("said").textContent = words);
  inspector.onRun = () => {
    map.move();
    pictures.moved();
    looked();
  };
  get("picture-stop").addEventListener("click", () => runner.stop());

  pictures.onFigure = (title) => {
    share.tellTaken(title);
    looked();
  };
  pictures.onChosen = () => note("new");
  share.tellTaken("");
  const inColors = (others: Colors): void => {
    Object.assign(colors, others);
    if (columns) showLegend(columns.table, colors);
  };
  const paper = new Paper(
    async () => (look.theme === "dark"
      ? { colors: await lab.colors("light"), map: await map.drawings("light"), picture: await pictures.svgIn("light") }
      : undefined),
    (sheet) => {
      const kept = { ...colors };
      inColors(sheet.colors);
      const dark = map.cover(sheet.map);
      const uncover = sheet.picture ? pictures.covered(sheet.picture) : () => {};
      return () => {
        inColors(kept);
        map.cover(dark);
        uncover();
      };
    },
  );
  pictures.onDrawn = () => paper.changed();
  map.onDrawn = () => paper.changed();
  const mapAt = (epochs: number[]) => lab.figure("contour", map.window, look.theme, epochs, 0);
  const svgAt = (epochs: number[]) => (pictures.shown ? pictures.svgAt(epochs) : mapAt(epochs));
  const film = new Film(lab, player, async (epochs) => {
    if (pictures.shown && !pictures.moves) throw new Error("This picture shows whole runs: it does not move.");
    return svgAt(epochs);
  });
  share.listen(lab, { link: () => trail.here(), files: () => runner.files.map((file) => file.name), name: () => names(runner, pictures, inspector.run), svg: () => svgAt(map.shown), run: () => inspector.run }, film);

  look.onChange = async () => {
    Object.assign(colors, await lab.colors(look.theme));
    map.recolor();
    if (runner.experiment && columns) settings.show(runner.experiment, columns);
    if (columns) runner.onColumns(columns);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target === document.body) {
      event.preventDefault();
      get("play").click();
    }
  });

  /** Shows all that an address says. */
  async function open(address: string, entry: Entry, files = runner.files): Promise<void> {
    opening += 1;
    trail.hush();
    player.pause();
    try {
      const { came, figure } = await runner.open(address, files);
      // In a frame there is only the map.
      await pictures.open(embedded ? "" : figure);
      tour.met(address, came);
      await trail.note(entry);
    } finally {
      opening -= 1;
    }
  }
  const tour = new Tour(async (address) => {
    await attempt("failure", open(address, "new"));
    return columns;
  });
  // A link about somebody's file waits for it.
  let refused = "";
  settings.onFile = (name, files) => {
    if (!refused.includes(encodeURIComponent(name))) return undefined;
    const address = refused;
    refused = "";
    return open(address, "none", files);
  };
  const linked = (): string => location.hash.slice(1) || own.address;
  /** Opens what the address bar says; what cannot be opened is said, beside what was seen before. */
  async function follow(): Promise<void> {
    try {
      await open(linked(), "none");
    } catch (error) {
      refused = linked();
      if (!columns) await open("", "none");
      const wants = /path=|\.csv|\.npy/.test(refused) ? " If it is about a file of yours, drop the file on the page." : "";
      get("failure").textContent = `The link cannot be opened: ${message(error)}.${wants}`;
    }
  }
  addEventListener("popstate", () => void follow());
  await follow();
  // Tests wait for it, and read how long it took.
  document.documentElement.dataset["ready"] = String(Math.round(performance.now()));
}

begin().catch((error: unknown) => {
  get("failure").textContent = `The page could not start: ${message(error)}`;
});
