// Runs the suites in order and prints a result for each; `npm test` sets everything up first (scripts/test.mjs).
import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { styleText } from 'node:util'
import { coverageTable, type FileCoverage, mergeCoverage } from './lib/coverage.ts'
import { type Counts, runTests } from './lib/test-run.ts'

const root = resolve(import.meta.dirname, '..')

interface Suite {
  readonly name: string
  readonly title: string
  /** Why the suite cannot run here, or null. */
  skip?(): string | null
  run(): Promise<Counts>
}

const coverageRuns: (readonly FileCoverage[])[] = []

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, program)))
}

/** A tool that either is content or not: counted as one test. Each command is a script of a package and its arguments. */
function toolSuite(name: string, title: string, commands: () => readonly (readonly string[])[]): Suite {
  return {
    name,
    title,
    async run() {
      for (const command of commands()) {
        const code = await new Promise<number>((done, fail) => {
          const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
          child.once('error', fail)
          child.once('exit', (exitCode) => done(exitCode ?? 1))
        })
        if (code !== 0) return { passed: 0, failed: 1, skipped: 0 }
      }
      return { passed: 1, failed: 0, skipped: 0 }
    },
  }
}

interface TestSuiteOptions {
  readonly patterns: readonly string[]
  readonly concurrency: number
  readonly coverage: boolean
  /** Programs without which the suite is skipped. */
  readonly needs?: readonly string[]
}

function testSuite(name: string, title: string, { patterns, needs = [], ...options }: TestSuiteOptions): Suite {
  const files = () => globSync([...patterns], { cwd: root, exclude: ['**/node_modules/**'] }).sort()
  return {
    name,
    title,
    skip() {
      const missing = needs.filter((program) => !onPath(program))
      if (missing.length > 0) return `not installed: ${missing.join(', ')}`
      return files().length === 0 ? 'there are no tests in it' : null
    },
    async run() {
      const { counts, coverage } = await runTests({ ...options, root, files: files().map((file) => join(root, file)) })
      if (options.coverage) coverageRuns.push(coverage)
      return counts
    },
  }
}

const tool = (path: string) => join(root, 'node_modules', path)

const suites: readonly Suite[] = [
  toolSuite('lint', 'Lint and format (Biome)', () => [
    [tool('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', ...(process.stdout.isTTY ? [] : ['--colors=off'])],
  ]),
  toolSuite('types', 'Types (tsc)', () => [
    [tool('typescript/bin/tsc'), '-p', '.'],
    ...(existsSync(join(root, 'web/tsconfig.json')) ? [[tool('typescript/bin/tsc'), '--noEmit', '-p', 'web']] : []),
  ]),
  toolSuite('knip', 'Unused files, exports and dependencies (knip)', () => [[tool('knip/bin/knip.js')]]),
  testSuite('unit', 'Unit, property, corpus and API tests', {
    patterns: ['src/**/*.test.ts', 'web/**/*.test.ts', 'scripts/**/*.test.ts', 'test/{*,property/**/*}.test.ts'],
    concurrency: availableParallelism(),
    coverage: true,
  }),
  testSuite('servers', 'Real CalDAV servers (Radicale, Xandikos)', {
    patterns: ['test/integration/**/*.test.ts'],
    concurrency: availableParallelism(),
    coverage: true,
    needs: ['radicale', 'xandikos'],
  }),
  testSuite('browser', 'Dashboard in Chromium and Firefox', {
    patterns: ['test/browser/**/*.test.ts'],
    concurrency: 1,
    coverage: false,
    needs: ['chromium', 'firefox-esr'],
  }),
  testSuite('container', 'File tree of the container image', {
    patterns: ['test/container/**/*.test.ts'],
    concurrency: 1,
    coverage: false,
  }),
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(`There is no suite "${unknown.join('", "')}". Suites: ${suites.map((suite) => suite.name).join(', ')}.`)
  process.exit(2)
}

/** Where no person looks (CI), what could not run is a failure: a whole suite, or a part of one. */
const skippingFails = process.env.CI === 'true'
const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const results: string[] = []
let isIncomplete = false

for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue
  console.log(styleText('bold', `\n== ${suite.name}: ${suite.title}`))
  const reason = suite.skip?.() ?? null
  const started = Date.now()
  const counts =
    reason === null ? await suite.run() : { passed: 0, failed: skippingFails ? 1 : 0, skipped: skippingFails ? 0 : 1 }
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
  const incomplete = skippingFails && counts.skipped > 0
  if (incomplete) isIncomplete = true
  const verdict = counts.failed > 0 || incomplete ? 'FAILED' : reason === null ? 'passed' : 'SKIPPED'
  const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`
  const line = `${verdict} ${suite.name}: ${reason ?? `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`} (${seconds})`
  console.log(line)
  results.push(`  ${line}`)
}

if (coverageRuns.length > 0) {
  console.log(styleText('bold', '\n== Coverage of src/ by lines (unit and servers)'))
  for (const line of coverageTable(mergeCoverage(coverageRuns), root)) console.log(line)
}

console.log(styleText('bold', '\n== Results'))
for (const line of results) console.log(line)
if (isIncomplete) console.log('\nWhat was skipped could not run here; in CI that is a failure.')
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed > 0 || isIncomplete ? 1 : 0)
