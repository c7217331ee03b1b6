// Divides the WebAssembly of the page into the functions that the first visit calls and the rest, so that the page is alive
// before the rest has been loaded. This is the method of Binaryen's program wasm-split, which the npm package lacks.
//
// The first part contains the memory, its data, and the tables. Where it calls a function of the rest, it calls an entry of
// the table, which the rest fills. Until then the entry is empty, and the call stops with an error, so that a missing
// function cannot give a wrong result.

import binaryen from "binaryen";

const FEATURES = [
  binaryen.Features.MutableGlobals, binaryen.Features.NontrappingFPToInt, binaryen.Features.SIMD128, binaryen.Features.BulkMemory,
  binaryen.Features.BulkMemoryOpt, binaryen.Features.SignExt, binaryen.Features.ReferenceTypes, binaryen.Features.Multivalue,
].reduce((all, feature) => all | feature);

/** Names for functions that the rest imports from the first part: short ones, because they are part of the page. */
const shortName = (i: number): string => i.toString(36);
/** The name of a global variable that is 1 when a function was called. */
const markName = (name: string): string => `called ${name}`;
const MISSING = "missing";
const TABLE = "table";

interface Fn { name: string; isImport: boolean; params: binaryen.Type; results: binaryen.Type; vars: binaryen.Type[]; body: binaryen.ExpressionRef }

function read(wasm: Uint8Array): binaryen.Module {
  const module = binaryen.readBinary(wasm);
  module.setFeatures(FEATURES);
  return module;
}

function functionsOf(module: binaryen.Module): Fn[] {
  return Array.from({ length: module.getNumFunctions() }, (_, i) => {
    const { name, base, params, results, vars, body } = binaryen.getFunctionInfo(module.getFunctionByIndex(i));
    return { name, isImport: base !== "", params, results, vars, body };
  });
}

/** The functions in the table, and the number of its first entry. */
function entriesOf(module: binaryen.Module): { segment: string; table: string; first: number; names: string[] } {
  if (module.getNumElementSegments() !== 1) throw new Error("the WebAssembly must have one segment of functions");
  const { name, table, offset, data } = binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(0));
  const start = binaryen.getExpressionInfo(offset) as binaryen.ConstInfo;
  return { segment: name, table, first: Number(start.value), names: [...data] };
}

/** A table, for which the package declares no type. */
interface TableSize { setInitial(entries: number): void; setMax(entries: number): void }
const { Table } = binaryen as unknown as { Table: (table: binaryen.TableRef) => TableSize };

/** Returns the module with a variable per function, which its calls set. */
export function instrument(wasm: Uint8Array): Uint8Array {
  const module = read(wasm);
  for (const { name, isImport, params, results, vars, body } of functionsOf(module)) {
    if (isImport) continue;
    const mark = markName(name);
    module.addGlobal(mark, binaryen.i32, true, module.i32.const(0));
    module.addGlobalExport(mark, mark);
    module.removeFunction(name);
    module.addFunction(name, params, results, vars, module.block(null, [module.global.set(mark, module.i32.const(1)), body], results));
  }
  return emitted(module);
}

/** Returns the names of the functions that an instance of the instrumented module has called. */
export function calledBy(exports: WebAssembly.Exports): string[] {
  const prefix = markName("");
  const called = Object.entries(exports).filter(([name, mark]) => name.startsWith(prefix) && (mark as WebAssembly.Global).value === 1);
  return called.map(([name]) => name.slice(prefix.length));
}

/** Returns the first part, with the functions that are called, and the rest. */
export function split(wasm: Uint8Array, called: Set<string>): { first: Uint8Array; rest: Uint8Array } {
  const all = functionsOf(read(wasm));
  const isKept = ({ name, isImport }: Fn): boolean => isImport || called.has(name);
  const [kept, moved] = [all.filter(isKept), all.filter((fn) => !isKept(fn))];
  const added = directCalls(wasm, moved);
  const { bytes, imports } = restPart(wasm, kept, moved, added);
  return { first: firstPart(wasm, moved, added, imports), rest: bytes };
}

/** Replaces functions by others with the same names and types. */
function replaceAll(module: binaryen.Module, functions: Fn[], body: (fn: Fn) => binaryen.ExpressionRef): void {
  for (const fn of functions) {
    module.removeFunction(fn.name);
    module.addFunction(fn.name, fn.params, fn.results, [], body(fn));
  }
}

/** Removes the moved functions from the table. */
function emptyEntries(module: binaryen.Module, moved: Fn[]): void {
  const { segment, table, first, names } = entriesOf(module);
  const isMoved = new Set(moved.map(({ name }) => name));
  module.addFunction(MISSING, binaryen.none, binaryen.none, [], module.unreachable());
  module.removeElementSegment(segment);
  module.addActiveElementSegment(table, segment, names.map((name) => (isMoved.has(name) ? MISSING : name)), module.i32.const(first));
}

/** Returns the names of the moved functions that the others call directly, and that have no entry in the table yet. */
function directCalls(wasm: Uint8Array, moved: Fn[]): string[] {
  const module = read(wasm);
  const inTable = new Set(entriesOf(module).names);
  const isMoved = new Set(moved.map(({ name }) => name));
  replaceAll(module, moved, () => module.unreachable());
  emptyEntries(module, moved);
  module.runPasses(["remove-unused-module-elements"]);
  return functionsOf(module).map(({ name }) => name).filter((name) => isMoved.has(name) && !inTable.has(name));
}

/** Extends the table by entries for the added functions, and returns all entries with their numbers. */
function extendTable(module: binaryen.Module, added: string[]): [string, number][] {
  const { table, first, names } = entriesOf(module);
  const size = first + names.length + added.length;
  const extended = Table(module.getTable(table));
  extended.setInitial(size);
  extended.setMax(size);
  return [...names, ...added].map((name, i) => [name, first + i]);
}

function firstPart(wasm: Uint8Array, moved: Fn[], added: string[], exports: Fn[]): Uint8Array {
  const module = read(wasm);
  const { table } = entriesOf(module);
  const entries = new Map(extendTable(module, added));
  replaceAll(module, moved, ({ name, params, results }) => {
    const values = binaryen.expandType(params).map((type, i) => module.local.get(i, type));
    const entry = entries.get(name);
    return entry === undefined ? module.unreachable() : module.call_indirect(table, module.i32.const(entry), values, params, results);
  });
  emptyEntries(module, moved);
  module.addTableExport(table, TABLE);
  mutableGlobals(module).forEach(({ name }) => module.addGlobalExport(name, name));
  exports.forEach(({ name }, i) => module.addFunctionExport(name, shortName(i)));
  module.runPasses(["remove-unused-module-elements"]);
  return emitted(module);
}

function restPart(wasm: Uint8Array, kept: Fn[], moved: Fn[], added: string[]): { bytes: Uint8Array; imports: Fn[] } {
  const needed = importedFunctions(restModule(wasm, kept, moved, added, kept));
  const imports = kept.filter(({ name }) => needed.has(name));
  return { bytes: emitted(restModule(wasm, kept, moved, added, imports)), imports };
}

/** Returns the rest, which imports functions with short names. */
function restModule(wasm: Uint8Array, kept: Fn[], moved: Fn[], added: string[], imports: Fn[]): binaryen.Module {
  const module = read(wasm);
  const { table, segment } = entriesOf(module);
  importState(module);
  const entries = extendTable(module, added);
  const isMoved = new Set(moved.map(({ name }) => name));
  module.removeElementSegment(segment);
  runsOf(entries.filter(([name]) => isMoved.has(name))).forEach(({ first, names }, i) => {
    module.addActiveElementSegment(table, `entries ${i}`, names, module.i32.const(first));
  });
  kept.forEach(({ name }) => module.removeFunction(name));
  imports.forEach(({ name, params, results }, i) => module.addFunctionImport(name, "", shortName(i), params, results));
  module.runPasses(["remove-unused-module-elements"]);
  return module;
}

/** Groups entries with consecutive numbers, because a segment has no gaps. */
function runsOf(entries: [string, number][]): { first: number; names: string[] }[] {
  const runs: { first: number; names: string[] }[] = [];
  for (const [name, number] of entries) {
    const last = runs.at(-1);
    if (last && last.first + last.names.length === number) last.names.push(name);
    else runs.push({ first: number, names: [name] });
  }
  return runs;
}

/** Returns the global variables that both parts change, such as the stack pointer. */
function mutableGlobals(module: binaryen.Module): binaryen.GlobalInfo[] {
  const globals = Array.from({ length: module.getNumGlobals() }, (_, i) => binaryen.getGlobalInfo(module.getGlobalByIndex(i)));
  return globals.filter(({ mutable }) => mutable);
}

/** Removes all exports, and imports the memory, the tables, and the variables. */
function importState(module: binaryen.Module): void {
  const exported = Array.from({ length: module.getNumExports() }, (_, i) => binaryen.getExportInfo(module.getExportByIndex(i)));
  // The memory without its data, and without a maximum (-1).
  module.setMemory(module.getMemoryInfo().initial, -1, null, []);
  for (const { name, kind, value } of exported) {
    module.removeExport(name);
    if (kind === binaryen.ExternalMemory) module.addMemoryImport(value, "", name);
    if (kind === binaryen.ExternalTable) module.addTableImport(value, "", name);
  }
  module.addTableImport(entriesOf(module).table, "", TABLE);
  for (const { name, type, mutable } of mutableGlobals(module)) module.addGlobalImport(name, "", name, type, mutable);
}

/** Returns the names of the functions that a module imports. */
const importedFunctions = (module: binaryen.Module): Set<string> =>
  new Set(functionsOf(module).filter(({ isImport }) => isImport).map(({ name }) => name));

function emitted(module: binaryen.Module): Uint8Array {
  if (!module.validate()) throw new Error("the divided WebAssembly is invalid");
  return module.emitBinary();
}
