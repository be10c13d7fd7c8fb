import { relative } from 'node:path'
import { type EventData, run } from 'node:test'
import { styleText } from 'node:util'
import type { FileCoverage } from './coverage.ts'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export interface TestRun {
  readonly counts: Counts
  readonly coverage: readonly FileCoverage[]
}

type RunOptions = NonNullable<Parameters<typeof run>[0]>

export interface TestRunOptions {
  readonly files: readonly string[]
  readonly root: string
  /** How many files run side by side. */
  readonly concurrency: number
  readonly coverage: boolean
}

/** No single test may take longer, so that a hanging one is named instead of stopping everything. */
const testTimeoutMs = 5 * 60_000

/** Runs test files, each in a process of its own, and prints one line per file, and failures in full. */
export async function runTests(options: TestRunOptions): Promise<TestRun> {
  const runOptions: RunOptions & { coverageIncludeAll: boolean } = {
    files: options.files,
    cwd: options.root,
    concurrency: options.concurrency,
    timeout: testTimeoutMs,
    coverage: options.coverage,
    coverageIncludeGlobs: ['src/**/*.ts'],
    coverageExcludeGlobs: ['**/*.test.ts'],
    // Files that no test loads count as well.
    coverageIncludeAll: true,
  }
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  let coverage: readonly FileCoverage[] = []
  let success = true
  const name = (file: string | undefined) => (file === undefined ? '' : relative(options.root, file))

  for await (const event of run(runOptions)) {
    if (event.type === 'test:fail') printFailure(event.data, name(event.data.file))
    else if (event.type === 'test:pass' && event.data.skip !== undefined)
      printSkipped(event.data, name(event.data.file))
    else if (event.type === 'test:diagnostic' && event.data.file !== undefined) print(`  ${event.data.message}`)
    else if (event.type === 'test:stdout' || event.type === 'test:stderr') process.stdout.write(event.data.message)
    else if (event.type === 'test:coverage') coverage = event.data.summary.files
    else if (event.type === 'test:summary') {
      if (event.data.file !== undefined) printFile(event.data, name(event.data.file))
      else {
        const { passed, failed, cancelled, skipped, todo } = event.data.counts
        counts.passed = passed
        counts.failed = failed + cancelled
        counts.skipped = skipped + todo
        success = event.data.success
      }
    }
  }
  // A hook or a file that fails outside any test fails the run without being counted by the runner.
  if (!success && counts.failed === 0) counts.failed = 1
  return { counts, coverage }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function printFailure(test: EventData.TestFail, file: string): void {
  const error = test.details.error
  // A suite only repeats that one of its tests failed.
  if ('failureType' in error && error.failureType === 'subtestsFailed') return
  const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error.cause ?? error)
  print(styleText('red', `  FAILED ${file}:${test.line ?? 0}  ${test.name}`))
  print(cause.replace(/^/gm, '    '))
}

function printSkipped(test: EventData.TestPass, file: string): void {
  const reason = typeof test.skip === 'string' ? `: ${test.skip}` : ''
  print(styleText('yellow', `  skipped ${file}  ${test.name}${reason}`))
}

function printFile(summary: EventData.TestSummary, file: string): void {
  const { tests } = summary.counts
  const verdict = summary.success ? 'ok' : styleText('red', 'not ok')
  print(
    `  ${verdict} ${file} (${tests} ${tests === 1 ? 'test' : 'tests'}, ${(summary.duration_ms / 1000).toFixed(1)} s)`,
  )
}
