// The page: it keeps an experiment as the parts of its address, and shows what the program makes of it.

import "./style.css";
import { bytesOf } from "./base64";
import { attempt, get, message } from "./dom";
import { Film } from "./film";
import { Inspector } from "./inspector";
import { type Columns, type DataFile, type Experiment, Lab } from "./lab";
import { Look } from "./look";
import { LossMap } from "./map";
import { Pictures } from "./pictures";
import { Player } from "./player";
import { Runner } from "./runner";
import { Settings } from "./settings";
import * as share from "./share";
import { drawn } from "./svg";
import { Table } from "./table";
import { Tour, type Scene } from "./tour";

const lab = new Lab();
if (new URLSearchParams(location.search).has("embed")) document.documentElement.classList.add("embed");

/** What the program wrote into the page: an address, and names and bytes of data files. */
function written(): { address: string; files: DataFile[] } {
  const text = get("experiment").textContent?.trim();
  if (!text) return { address: "", files: [] };
  const { address, files } = JSON.parse(text) as { address: string; files: string[] };
  const even = files.filter((_, i) => i % 2 === 0);
  return { address, files: even.map((name, i) => ({ name, bytes: bytesOf(files[2 * i + 1] ?? "") })) };
}

async function begin(): Promise<void> {
  const look = new Look();
  const [colors, catalog, home] = await Promise.all([lab.colors(look.theme), lab.catalog(), lab.home()]);
  const own = written();
  const runner = new Runner(lab, home, own.files, () => look.theme);
  const map = new LossMap(lab, colors);
  const player = new Player();
  const table = new Table(colors);
  const inspector = new Inspector(lab, colors);
  const settings = new Settings(lab, catalog, colors, runner);
  const seen = () => ({ theme: look.theme, window: map.window, epochs: map.shown, run: inspector.run });
  const pictures = new Pictures(lab, catalog, seen);
  let columns: Columns | undefined;
  let shownProblem = "";

  runner.onColumns = (came, toEnd) => {
    columns = came;
    map.columns = came;
    table.show(came.table);
    inspector.names(came);
    player.show(came, toEnd);
    pictures.refresh();
    void drawChart();
  };

  runner.onExperiment = (now: Experiment, came: Columns) => {
    film.stop();
    get("title").textContent = now.title;
    get("command").textContent = `thalweg train ${now.arguments}`;
    // An optimizer has the same colour whoever else runs.
    if (now.styles.length > 0) colors.paths = now.styles;
    map.hasMap = now.window !== null;
    map.movable = now.movable;
    map.start = now.seen_start;
    map.minima = now.minima ?? [];
    get("readout").textContent = now.names ? `Across: ${now.names[0] ?? ""}. Up: ${now.names[1] ?? ""}.` : "There is no map: the problem has one weight.";
    get("handle").setAttribute("aria-label", `Start: ${now.start}. Arrow keys move it.`);
    const problem = JSON.stringify([now.problem.pick, now.window === null]);
    if (now.window && problem !== shownProblem) map.show(now.window);
    else map.refresh();
    shownProblem = problem;
    settings.show(now, came);
  };

  async function drawChart(): Promise<void> {
    try {
      const svg = await lab.chart(get<HTMLInputElement>("log").checked, player.byEvaluations, look.theme);
      get("chart").replaceChildren(drawn(svg, "chart"));
    } catch {
      // The run was stopped: the last chart stays.
    }
  }

  map.onStart = (at, done) => void attempt("failure", runner.set("start", at, done ? "new" : "same"));
  map.onWindow = () => pictures.zoomed();
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
    pictures.moved();
  };
  inspector.onArrows = (arrows) => {
    map.arrows = arrows;
    map.redraw();
  };
  inspector.onSaid = (words) => (get("said").textContent = words);
  inspector.onRun = () => pictures.moved();
  get("log").addEventListener("change", () => void drawChart());
  get("by").addEventListener("change", () => void drawChart());
  get("picture-stop").addEventListener("click", () => runner.stop());

  pictures.onFigure = share.tellTaken;
  share.tellTaken("");
  const mapAt = (epochs: number[]) => lab.figure("contour", map.window, look.theme, epochs, 0);
  const svgAt = (epochs: number[]) => (pictures.open ? pictures.svgAt(epochs) : mapAt(epochs));
  const film = new Film(lab, player, async (epochs) => {
    if (pictures.open && !pictures.moves) throw new Error("This picture shows whole runs: it does not move.");
    return svgAt(epochs);
  });
  share.listen(lab, {
    address: () => runner.experiment?.address ?? "",
    arguments: () => runner.experiment?.arguments ?? "",
    svg: () => svgAt(map.shown),
    run: () => inspector.run,
  }, film);

  look.onChange = async () => {
    Object.assign(colors, await lab.colors(look.theme));
    map.recolor();
    if (runner.experiment && columns) settings.show(runner.experiment, columns);
    if (columns) runner.onColumns(columns, false);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target === document.body) {
      event.preventDefault();
      get("play").click();
    }
  });

  const open: typeof runner.open = (address, entry) => {
    player.pause();
    return runner.open(address, entry);
  };
  new Tour(async (scene: Scene) => {
    await attempt("failure", open(scene.address, "new"));
    if (scene.start) await attempt("failure", runner.set("start", scene.start, "same"));
    if (scene.window) map.show(scene.window);
    if (scene.inspect !== undefined) inspector.choose(scene.inspect);
    if (scene.epoch !== undefined) player.go(scene.epoch, true);
    await pictures.choose(scene.figure ?? "");
    return columns;
  });
  const follow = (): void => void attempt("failure", open(location.hash.slice(1) || own.address, "none"));
  addEventListener("popstate", follow);
  try {
    await open(location.hash.slice(1) || own.address, "none");
  } catch (error) {
    // What cannot be opened is said, beside what can.
    await open(home, "none");
    get("failure").textContent = `The link cannot be opened: ${message(error)}`;
  }
  // Tests wait for it, and read how long it took.
  document.documentElement.dataset["ready"] = String(Math.round(performance.now()));
}

begin().catch((error: unknown) => {
  get("failure").textContent = `The page could not start: ${message(error)}`;
});
