// The controls of an experiment: its problem, its start, its target and its algorithms.

import { Controls } from "./controls";
import { attempt, choose, get, make, problemOf } from "./dom";
import { type Catalog, type Colors, type Columns, type DataFile, type Experiment, type Lab, withoutFile } from "./lab";
import type { Runner } from "./runner";
import { swatch } from "./table";
import { inTurn } from "./turns";

/** Settings of a problem that the fields of the experiment stand for. */
const SAME = ["start", "target"];

export class Settings {
  private problem: Controls;
  private panels: Controls[] = [];
  /** The problem's pick that is shown. */
  private shown = "";
  /** Takes over a file that something waits for; nothing where nothing does. */
  onFile: (name: string, files: DataFile[]) => Promise<unknown> | undefined = () => undefined;

  constructor(private lab: Lab, private catalog: Catalog, private colors: Colors, private runner: Runner) {
    this.problem = new Controls(lab, catalog, "problems", get("problem-rows"), async (pick, done) => {
      await runner.setProblem(pick, done ? "new" : "same");
    });
    for (const key of ["start", "target", "epochs", "plane"]) {
      const input = get<HTMLInputElement>(key);
      input.addEventListener("change", async () => {
        await attempt(input, inTurn(() => runner.set(key, input.value.trim(), "new")));
        // A formula that had no value at the old start may have one at the new.
        await this.problem.retry();
      });
    }
    const problem = get<HTMLSelectElement>("problem");
    problem.replaceChildren(...this.options("problems"));
    problem.addEventListener("change", () => void this.choose(problem));
    const add = get<HTMLSelectElement>("add");
    add.replaceChildren(...this.options("optimizers"));
    get("add-it").addEventListener("click", () => {
      void attempt("failure", inTurn(() => runner.setPicks([...runner.picks, add.value], "new")));
    });
    this.listenToFiles();
  }

  /** Takes another problem; if it cannot be, the list names the one that stays. */
  private async choose(problem: HTMLSelectElement): Promise<void> {
    const examples: Record<string, string> = { formula: "formula:(1-x)^2+5*(y-x^2)^2" };
    const id = problem.value;
    await attempt("failure", inTurn(() => this.runner.setOnlyProblem(examples[id] ?? id)));
    problem.value = this.runner.experiment?.problem.id ?? problem.value;
  }

  /** Shows what an experiment is. */
  show(now: Experiment, came: Columns): void {
    fill("start", now.start);
    fill("target", now.target ?? "none");
    fill("epochs", String(now.epochs));
    fill("plane", now.plane ?? "seed:1");
    get("plane-row").hidden = now.dim < 3;
    get("problem-about").textContent = now.problem.summary;
    const problem = get<HTMLSelectElement>("problem");
    // One that is about a file is on the list while it is shown.
    choose(problem, now.problem.id, now.problem.title);
    if (now.problem.pick !== this.shown) this.forgetFile(now.problem.pick);
    this.problem.show({ ...now.problem, rows: now.problem.rows.filter((row) => !SAME.includes(row.key)) });
    while (this.panels.length > now.optimizers.length) {
      this.panels.pop();
      get("optimizers").lastElementChild?.remove();
    }
    now.optimizers.forEach((panel, i) => {
      const controls = (this.panels[i] ??= this.optimizer(i));
      const box = get("optimizers").children[i];
      box?.querySelector("summary")?.replaceChildren(swatch(this.colors, i), came.table[i]?.name ?? panel.title);
      const about = box?.querySelector(".about");
      if (about) about.textContent = panel.summary;
      const formula = box?.querySelector("pre");
      if (formula) formula.textContent = panel.formula;
      controls.show(panel);
    });
  }

  /** A box with the controls of the algorithm of this number. */
  private optimizer(i: number): Controls {
    const { runner } = this;
    const rows = make("div", { id: `with-${i}` });
    const remove = make("button", { type: "button", class: "remove" }, "Remove");
    const others = (): string[] => runner.picks.filter((_, j) => j !== i);
    remove.addEventListener("click", async () => {
      await attempt("failure", inTurn(() => runner.setPicks(others(), "new")));
      if (runner.picks.length === 0) get("add").focus();
    });
    get("optimizers").append(
      make("details", {}, make("summary"), make("p", { class: "about" }), make("pre", { tabindex: "0" }), rows, remove),
    );
    return new Controls(this.lab, this.catalog, "optimizers", rows, async (pick, done) => {
      await runner.setPicks(runner.picks.map((old, j) => (j === i ? pick : old)), done ? "new" : "same");
    });
  }

  /** Entries to choose from. */
  private options(list: string): HTMLOptionElement[] {
    return withoutFile(this.catalog, list).map((entry) => make("option", { value: entry.id, title: entry.summary }, entry.title));
  }

  /** The field of the data file tells of no other problem than the one that is shown. */
  private forgetFile(pick: string): void {
    this.shown = pick;
    const data = get<HTMLInputElement>("file");
    problemOf(data, "");
    if (!pick.includes(data.files?.[0]?.name ?? "")) data.value = "";
  }

  private listenToFiles(): void {
    const data = get<HTMLInputElement>("file");
    const record = get<HTMLInputElement>("record");
    data.addEventListener("change", () => {
      const file = data.files?.[0];
      if (file) void attempt(data, this.takeData(file));
    });
    record.addEventListener("change", () => {
      const file = record.files?.[0];
      if (file) void attempt(record, this.takeRecord(file));
    });
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file?.name.endsWith(".npy")) void attempt(record, this.takeRecord(file));
      else if (file) void attempt(data, this.takeData(file));
    });
  }

  /** Takes a data file as the data of the problem that is shown, or else as the problem. */
  private async takeData(file: File): Promise<void> {
    const { pick: shown = "", rows = [] } = this.runner.experiment?.problem ?? {};
    const learns = rows.some((row) => row.key === "data");
    const pick = learns
      ? await this.lab.changed("problems", await this.lab.changed("problems", shown, "data", "csv"), "data.path", file.name)
      : await this.lab.changed("problems", "csv", "path", file.name);
    const files = await this.withFile(file);
    await (this.onFile(file.name, files) ?? this.runner.setOnlyProblem(pick, files));
  }

  /** Takes the weights of a run made elsewhere as one more algorithm. */
  private async takeRecord(file: File): Promise<void> {
    const pick = await this.lab.changed("optimizers", "recorded", "path", file.name);
    const others = this.runner.picks.filter((old) => old !== pick);
    const files = await this.withFile(file);
    await (this.onFile(file.name, files) ?? this.runner.setPicks([...others, pick], "new", files));
  }

  /** The files with one more; what is in it stays in this page. */
  private async withFile(file: File): Promise<DataFile[]> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return [...this.runner.files.filter((other) => other.name !== file.name), { name: file.name, bytes }];
  }
}

/** What was typed and cannot be stays, with what is wrong about it, until the experiment has another value. */
function fill(id: string, text: string): void {
  const input = get<HTMLInputElement>(id);
  if (input.ariaInvalid === "true" && input.dataset["shown"] === text) return;
  input.dataset["shown"] = input.value = text;
  problemOf(input, "");
}
