// The settings of an experiment: problem, initial point, target loss, algorithms, and files.

import { type Catalog, type Colors, type DataFile, type Experiment, type Results, type WorkerClient, withoutFile } from "./client";
import { Controls } from "./controls";
import { attempt, get, make, selectOption, setError } from "./dom";
import { enqueue } from "./queue";
import type { Runner } from "./runner";
import { swatch } from "./table";

/** Settings of a problem that have their own fields on the page. */
const SEPARATE_FIELDS = ["start", "target"];

export class Settings {
  private problem: Controls;
  private panels: Controls[] = [];
  /** The pick of the problem that is shown. */
  private shownPick = "";
  /** Opens the link that waits for a file with this name. Returns nothing if no link waits for it. */
  onFile: (name: string, files: DataFile[]) => Promise<unknown> | undefined = () => undefined;

  constructor(private client: WorkerClient, private catalog: Catalog, private colors: Colors, private runner: Runner) {
    this.problem = new Controls(client, catalog, "problems", get("problem-rows"), async (pick, done) => {
      await runner.setProblem(pick, done ? "new" : "drag");
    });
    for (const key of ["start", "target", "epochs", "plane"]) {
      const input = get<HTMLInputElement>(key);
      input.addEventListener("change", async () => {
        await attempt(input, enqueue(() => runner.set(key, input.value.trim(), "new")));
        // A formula that is undefined at the old initial point may be defined at the new one.
        await this.problem.retry();
      });
    }
    const problem = get<HTMLSelectElement>("problem");
    problem.replaceChildren(...this.options("problems"));
    problem.addEventListener("change", () => void this.selectProblem(problem));
    const add = get<HTMLSelectElement>("add");
    add.replaceChildren(...this.options("optimizers"));
    get("add-it").addEventListener("click", () => {
      void attempt("failure", enqueue(() => runner.setPicks([...runner.picks, add.value], "new")));
    });
    this.listenToFiles();
  }

  /** Runs another problem. If this fails, the list shows the current problem again. */
  private async selectProblem(problem: HTMLSelectElement): Promise<void> {
    const examples: Record<string, string> = { formula: "formula:(1-x)^2+5*(y-x^2)^2" };
    const id = problem.value;
    await attempt("failure", enqueue(() => this.runner.replaceProblem(examples[id] ?? id)));
    problem.value = this.runner.experiment?.problem.id ?? problem.value;
  }

  /** Shows the settings of an experiment. */
  show(experiment: Experiment, results: Results): void {
    setField("start", experiment.start);
    setField("target", experiment.target ?? "none");
    setField("epochs", String(experiment.epochs));
    setField("plane", experiment.plane ?? "path");
    get("plane-row").hidden = experiment.dim < 3;
    get("problem-about").textContent = experiment.problem.summary;
    const problem = get<HTMLSelectElement>("problem");
    // A problem that needs a file is listed only while it is shown.
    selectOption(problem, experiment.problem.id, experiment.problem.title);
    if (experiment.problem.pick !== this.shownPick) this.resetFileInput(experiment.problem.pick);
    this.problem.show({ ...experiment.problem, rows: experiment.problem.rows.filter((row) => !SEPARATE_FIELDS.includes(row.key)) });
    while (this.panels.length > experiment.optimizers.length) {
      this.panels.pop();
      get("optimizers").lastElementChild?.remove();
    }
    experiment.optimizers.forEach((panel, i) => {
      const controls = (this.panels[i] ??= this.makeOptimizer(i));
      const box = get("optimizers").children[i];
      box?.querySelector("summary")?.replaceChildren(swatch(this.colors, i), results.table[i]?.name ?? panel.title);
      const about = box?.querySelector(".about");
      if (about) about.textContent = panel.summary;
      const formula = box?.querySelector("pre");
      if (formula) formula.textContent = panel.formula;
      controls.show(panel);
    });
  }

  /** Creates the box with the controls of one algorithm. */
  private makeOptimizer(i: number): Controls {
    const { runner } = this;
    const rows = make("div", { id: `with-${i}` });
    const remove = make("button", { type: "button", class: "remove" }, "Remove");
    const others = (): string[] => runner.picks.filter((_, j) => j !== i);
    remove.addEventListener("click", async () => {
      await attempt("failure", enqueue(() => runner.setPicks(others(), "new")));
      if (runner.picks.length === 0) get("add").focus();
    });
    get("optimizers").append(
      make("details", {}, make("summary"), make("p", { class: "about" }), make("pre", { tabindex: "0" }), rows, remove),
    );
    return new Controls(this.client, this.catalog, "optimizers", rows, async (pick, done) => {
      await runner.setPicks(runner.picks.map((old, j) => (j === i ? pick : old)), done ? "new" : "drag");
    });
  }

  /** Creates the options of a list. */
  private options(list: string): HTMLOptionElement[] {
    return withoutFile(this.catalog, list).map((entry) => make("option", { value: entry.id, title: entry.summary }, entry.title));
  }

  /** Clears the file field unless it belongs to the problem that is shown. */
  private resetFileInput(pick: string): void {
    this.shownPick = pick;
    const data = get<HTMLInputElement>("file");
    setError(data, "");
    if (!pick.includes(data.files?.[0]?.name ?? "")) data.value = "";
  }

  private listenToFiles(): void {
    const data = get<HTMLInputElement>("file");
    const record = get<HTMLInputElement>("record");
    data.addEventListener("change", () => {
      const file = data.files?.[0];
      if (file) void attempt(data, this.useDataFile(file));
    });
    record.addEventListener("change", () => {
      const file = record.files?.[0];
      if (file) void attempt(record, this.useRecordedRun(file));
    });
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file?.name.endsWith(".npy")) void attempt(record, this.useRecordedRun(file));
      else if (file) void attempt(data, this.useDataFile(file));
    });
  }

  /** Uses a file as the data of the network that is shown. If another problem is shown, the file becomes the problem. */
  private async useDataFile(file: File): Promise<void> {
    const { pick = "", rows = [] } = this.runner.experiment?.problem ?? {};
    const isNetwork = rows.some((row) => row.key === "data");
    const newPick = isNetwork
      ? await this.client.withSetting("problems", await this.client.withSetting("problems", pick, "data", "csv"), "data.path", file.name)
      : await this.client.withSetting("problems", "csv", "path", file.name);
    const files = await this.filesWith(file);
    await (this.onFile(file.name, files) ?? this.runner.replaceProblem(newPick, files));
  }

  /** Adds a recorded run to the algorithms. */
  private async useRecordedRun(file: File): Promise<void> {
    const pick = await this.client.withSetting("optimizers", "recorded", "path", file.name);
    const others = this.runner.picks.filter((old) => old !== pick);
    const files = await this.filesWith(file);
    await (this.onFile(file.name, files) ?? this.runner.setPicks([...others, pick], "new", files));
  }

  /** Returns the files of the page and one more. The content is not uploaded. */
  private async filesWith(file: File): Promise<DataFile[]> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return [...this.runner.files.filter((other) => other.name !== file.name), { name: file.name, bytes }];
  }
}

/** Sets a field of the experiment. An invalid text stays, with its error, until the experiment has another value. */
function setField(id: string, value: string): void {
  const input = get<HTMLInputElement>(id);
  if (input.ariaInvalid === "true" && input.dataset["shown"] === value) return;
  input.dataset["shown"] = input.value = value;
  setError(input, "");
}
