// The settings of an experiment: problem, initial point, target loss, algorithms, and files.

import { type Catalog, type Colors, type DataFile, type Experiment, type ExperimentInput, type Panel, type Results, type WorkerClient, withoutFile } from "../rpc/client";
import { Controls } from "./controls";
import { get, make, selectOption, showHtml } from "../base/dom";
import { attempt, removeError } from "../base/errors";
import { enqueue } from "../rpc/queue";
import type { Runner } from "../rpc/runner";
import { state } from "../state";
import { Entry } from "./entry";

/** Settings of a problem that have their own fields on the page. */
const SEPARATE_FIELDS = ["start", "target"];

export class Settings {
  private problem: Controls;
  private entries: Entry[] = [];
  /** The pick of the problem that is shown. */
  private shownPick = "";
  /** Opens the link that waits for files with these names. Returns nothing if no link waits for them. */
  onFiles: (names: string[], files: DataFile[]) => Promise<unknown> | undefined = () => undefined;

  constructor(private client: WorkerClient, private catalog: Catalog, private colors: Colors, private runner: Runner) {
    this.problem = new Controls(client, catalog, "problems", get("problem-rows"), async (pick, done) => {
      await runner.setProblem(pick, done ? "new" : "drag");
    });
    for (const key of ["start", "target", "tolerance", "epochs", "plane"]) {
      const input = get<HTMLInputElement>(key);
      input.addEventListener("change", async () => {
        const value = input.value.trim();
        await attempt(input, enqueue(() => runner.set(key, value, "new")));
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
      // The list may show another entry when earlier changes are complete.
      const { value } = add;
      void attempt("failure", enqueue(async () => {
        await runner.setPicks([...runner.picks, value], "new");
        this.entries.at(-1)?.edit();
      }));
    });
    this.listenToFiles();
    const mark = (): void => this.entries.forEach((entry) => entry.mark());
    state.selected.watch(mark);
    state.lifted.watch(mark);
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
    setField("tolerance", experiment.tolerance ?? "none");
    setField("epochs", String(experiment.epochs));
    setField("plane", experiment.plane ?? "path");
    this.showRandomness(experiment.randomness);
    get("plane-row").hidden = experiment.dim < 3;
    get("problem-about").textContent = experiment.problem.summary;
    showHtml(get("problem-formula"), experiment.problem.formula);
    const problem = get<HTMLSelectElement>("problem");
    // A problem that needs a file is listed only while it is shown.
    selectOption(problem, experiment.problem.id, experiment.problem.title);
    if (experiment.problem.pick !== this.shownPick) this.resetFileInput(experiment.problem);
    this.problem.show({ ...experiment.problem, rows: experiment.problem.rows.filter((row) => !SEPARATE_FIELDS.includes(row.key)) });
    while (this.entries.length > experiment.optimizers.length) this.entries.pop()?.dispose();
    experiment.optimizers.forEach((panel, i) => {
      const entry = (this.entries[i] ??= new Entry(this.client, this.catalog, this.colors, this.runner, i));
      entry.show(panel, results.table[i]?.name ?? panel.title);
    });
  }

  /** Shows the fields of mini-batches and noise, and creates them when they are shown for the first time. */
  private showRandomness(inputs: ExperimentInput[]): void {
    const rows = get("randomness-rows");
    if (rows.childElementCount === 0) rows.append(...inputs.map((input) => this.makeInput(input)));
    for (const { key, value, is_switch } of inputs) {
      if (is_switch) get<HTMLInputElement>(key).checked = value === "true";
      else setField(key, value);
    }
  }

  private makeInput({ key, help, is_switch }: ExperimentInput): HTMLElement {
    const input = make("input", { id: key, type: is_switch ? "checkbox" : "text", autocomplete: "off", "aria-describedby": `${key}-help` });
    input.addEventListener("change", () => {
      const value = is_switch ? (input.checked ? "true" : "") : input.value.trim();
      void attempt(input, enqueue(() => this.runner.set(key, value, "new")));
    });
    const name = key === "batch" ? "Batch size" : key.charAt(0).toUpperCase() + key.slice(1).replaceAll("-", " ");
    const about = make("p", { class: "muted help", id: `${key}-help` }, `${help}.`);
    return make("div", { class: "row" }, make("label", { for: key }, name), input, about, make("p", { class: "error", role: "alert" }));
  }

  /** Creates the options of a list. */
  private options(list: string): HTMLOptionElement[] {
    return withoutFile(this.catalog, list).map((entry) => make("option", { value: entry.id, title: entry.summary }, entry.title));
  }

  /** Clears the file field unless it belongs to the problem that is shown. */
  private resetFileInput({ pick, rows }: Panel): void {
    this.shownPick = pick;
    const data = get<HTMLInputElement>("file");
    removeError(data);
    if (!rows.some(({ kind, value }) => kind === "file" && value === data.files?.[0]?.name)) data.value = "";
  }

  private listenToFiles(): void {
    const data = get<HTMLInputElement>("file");
    const record = get<HTMLInputElement>("record");
    data.addEventListener("change", () => {
      const file = data.files?.[0];
      if (file) void attempt(data, enqueue(() => this.useFiles([file], [])));
    });
    record.addEventListener("change", () => {
      const file = record.files?.[0];
      if (file) void attempt(record, enqueue(() => this.useFiles([], [file])));
    });
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      const isAlgorithm = (file: File): boolean => file.name.endsWith(".npy") || isRule(file.name);
      const [algorithms, tables] = [files.filter(isAlgorithm), files.filter((file) => !isAlgorithm(file))];
      void attempt(tables.length > 0 ? data : record, enqueue(() => this.useFiles(tables, algorithms)));
    });
  }

  /** Uses a table as data, and adds recorded runs and rules to the algorithms. If a link waits for one of the files, opens the
   *  link. */
  private async useFiles(tables: File[], algorithms: File[]): Promise<void> {
    const given = [...tables, ...algorithms];
    if (given.length === 0) return;
    const files = await this.filesWith(given);
    const opened = this.onFiles(given.map((file) => file.name), files);
    if (opened) {
      await opened;
      return;
    }
    const [table, ...others] = tables;
    if (table) await this.runner.replaceProblem(await this.dataPick(table.name), files);
    for (const { name } of algorithms) await this.addAlgorithm(name, files);
    if (others.length > 0) {
      const names = others.map((file) => file.name).join(", ");
      throw new Error(`The page shows one table at a time: ${table?.name} is shown, but not ${names}. Drop the tables one by one.`);
    }
  }

  /** Returns the pick with a file as the data of the network that is shown. If another problem is shown, the file becomes the
   *  problem. A picture is a problem of its own. */
  private async dataPick(name: string): Promise<string> {
    const { pick = "", rows = [] } = this.runner.experiment?.problem ?? {};
    const change = (pick: string, key: string, value: string): Promise<string> => this.client.withSetting("problems", pick, key, value);
    if (name.toLowerCase().endsWith(".png")) return change("image", "path", name);
    const isNetwork = rows.some((row) => row.key === "data");
    return isNetwork ? change(await change(pick, "data", "csv"), "data.path", name) : change("csv", "path", name);
  }

  /** Adds a recorded run or a rule to the algorithms. */
  private async addAlgorithm(name: string, files: DataFile[]): Promise<void> {
    const [id, key, value] = isRule(name) ? ["rule", "text", `@${name}`] as const : ["recorded", "path", name] as const;
    const pick = await this.client.withSetting("optimizers", id, key, value);
    await this.runner.setPicks([...this.runner.picks.filter((old) => old !== pick), pick], "new", files);
  }

  /** Returns the files of the page and these. The content is not uploaded. */
  private async filesWith(given: File[]): Promise<DataFile[]> {
    const read = given.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }));
    const added = await Promise.all(read);
    const isReplaced = (other: DataFile): boolean => added.some(({ name }) => name === other.name);
    return [...this.runner.files.filter((other) => !isReplaced(other)), ...added];
  }
}

/** Returns whether a file with this name contains a rule of the user. */
const isRule = (name: string): boolean => name.toLowerCase().endsWith(".rule");

/** Sets a field of the experiment. An invalid text stays, with its error, until the experiment has another value. */
function setField(id: string, value: string): void {
  const input = get<HTMLInputElement>(id);
  if (input.ariaInvalid === "true" && input.dataset["shown"] === value) return;
  input.dataset["shown"] = input.value = value;
  removeError(input);
}
