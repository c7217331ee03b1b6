// The score of each algorithm in the list: its loss while it runs, and its result when it has ended.

import { get } from "../base/dom";
import { latest } from "../rpc/latest";
import type { Row, Score, WorkerClient } from "../rpc/client";
import { state } from "../state";

export class Scores {
  constructor(private client: WorkerClient) {
    state.position.watch(() => void this.refresh());
    state.results.watch(() => void this.refresh());
  }

  private refresh = latest(async () => {
    const scores = await this.client.scores(state.position.value);
    this.show(state.results.value?.table ?? [], scores);
  });

  private show(rows: Row[], scores: Score[]): void {
    const { byEvaluations } = state.position.value;
    get("unit").textContent = byEvaluations ? "evaluations" : "epochs";
    const count = (row: Row): number => (byEvaluations ? row.evaluations : row.epochs);
    const counts = rows.map((row) => (row.outcome === "reached" ? count(row) : Infinity));
    const least = Math.min(...counts);
    const hasWinner = rows.length > 1 && least < Infinity;
    for (const [i, element] of [...get("optimizers").querySelectorAll<HTMLElement>(".score")].entries()) {
      const [row, score] = [rows[i], scores[i]];
      if (!row || !score) continue;
      const word = row.outcome === "reached" || row.outcome === "running" ? "" : `${row.outcome}, `;
      element.textContent = score.ended ? `${word}${count(row)}` : `loss ${score.loss}`;
      element.toggleAttribute("data-ended", score.ended);
      element.toggleAttribute("data-first", score.ended && hasWinner && counts[i] === least);
      element.title = row.sentence;
    }
  }
}
