import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { relative } from 'node:path'

/** Which lines of one file were run, as node:test reports it. */
export interface FileCoverage {
  readonly path: string
  readonly lines: readonly { readonly line: number; readonly count: number }[]
}

interface Covered {
  readonly path: string
  readonly total: number
  readonly covered: number
}

/** Below this share of lines a file is listed. */
const listedBelow = 0.9

/** True where nothing is left to run once the types are gone, so that no test can load the file. */
function holdsOnlyTypes(path: string): boolean {
  const code = stripTypeScriptTypes(readFileSync(path, 'utf8'))
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim() === ''
}

/** Adds up several runs: a line counts as covered when any of them ran it. Files that hold only types are left out. */
export function mergeCoverage(runs: readonly (readonly FileCoverage[])[]): Covered[] {
  const files = new Map<string, Map<number, boolean>>()
  for (const { path, lines } of runs.flat()) {
    const merged = files.get(path) ?? new Map<number, boolean>()
    for (const { line, count } of lines) merged.set(line, count > 0 || merged.get(line) === true)
    files.set(path, merged)
  }
  return [...files]
    .map(([path, lines]) => ({ path, total: lines.size, covered: [...lines.values()].filter((ran) => ran).length }))
    .filter(({ path, covered }) => covered > 0 || !holdsOnlyTypes(path))
}

/** A table of the files below 90 % of their lines, least covered first, and the total. */
export function coverageTable(files: readonly Covered[], root: string): string[] {
  const percent = (covered: number, total: number) => `${((covered / total) * 100).toFixed(1)} %`.padStart(7)
  const low = files
    .filter((file) => file.total > 0 && file.covered / file.total < listedBelow)
    .sort((a, b) => a.covered / a.total - b.covered / b.total)
  const total = files.reduce((sum, file) => sum + file.total, 0)
  const covered = files.reduce((sum, file) => sum + file.covered, 0)
  return [
    ...low.map((file) => `  ${percent(file.covered, file.total)}  ${relative(root, file.path)}`),
    low.length === 0
      ? '  No file is below 90 % of its lines.'
      : `  ${low.length} of ${files.length} files are below 90 %.`,
    `  ${percent(covered, Math.max(total, 1))}  all of src/ (${covered} of ${total} lines)`,
  ]
}
