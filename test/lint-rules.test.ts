import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'

const root = resolve(import.meta.dirname, '..')

const restricted = 'lint/style/noRestrictedImports'

/** `code` is one line in `file`; `rule` is the diagnostic it must bring, or null where it is allowed. */
interface Case {
  readonly file: string
  readonly code: string
  readonly rule: typeof restricted | 'plugin' | null
}

const cases: readonly Case[] = [
  { file: 'src/core/a.ts', code: `import './b.ts'`, rule: null },
  { file: 'src/core/ical/a.ts', code: `import '../types.ts'`, rule: null },
  { file: 'src/core/a.ts', code: `import 'node:crypto'`, rule: null },
  { file: 'src/core/a.ts', code: `import 'node:fs'`, rule: restricted },
  { file: 'src/core/a.ts', code: `import 'zod'`, rule: restricted },
  { file: 'src/core/a.ts', code: `import '@hono/node-server'`, rule: restricted },
  { file: 'src/core/a.ts', code: `import '../protocol/x.ts'`, rule: restricted },
  { file: 'src/core/ical/a.ts', code: `import '../../store/x.ts'`, rule: restricted },
  { file: 'src/core/ical/a.ts', code: `import type { X } from '../../sync/x.ts'`, rule: restricted },
  { file: 'src/core/a.ts', code: `import '../log.ts'`, rule: restricted },
  { file: 'src/core/a.test.ts', code: `import '../store/x.ts'`, rule: null },

  { file: 'src/protocol/a.ts', code: `import '../core/types.ts'`, rule: null },
  { file: 'src/protocol/a.ts', code: `import './http.ts'`, rule: null },
  { file: 'src/protocol/a.ts', code: `import 'undici'`, rule: null },
  { file: 'src/protocol/a.ts', code: `import '../store/x.ts'`, rule: restricted },
  { file: 'src/protocol/a.ts', code: `import '../sync/x.ts'`, rule: restricted },
  { file: 'src/protocol/a.ts', code: `import '../http/x.ts'`, rule: restricted },
  { file: 'src/protocol/a.ts', code: `import '../config.ts'`, rule: restricted },

  { file: 'src/store/db.ts', code: `import 'node:sqlite'`, rule: null },
  { file: 'src/store/a.ts', code: `import './db.ts'`, rule: null },
  { file: 'src/store/a.ts', code: `import '../core/types.ts'`, rule: null },
  { file: 'src/store/a.ts', code: `import 'node:sqlite'`, rule: restricted },
  { file: 'src/store/a.ts', code: `import '../protocol/x.ts'`, rule: restricted },
  { file: 'src/store/db.ts', code: `import '../sync/x.ts'`, rule: restricted },
  { file: 'src/store/a.ts', code: `import '../http/x.ts'`, rule: restricted },

  { file: 'src/sync/a.ts', code: `import '../store/x.ts'`, rule: null },
  { file: 'src/sync/a.ts', code: `import '../protocol/x.ts'`, rule: null },
  { file: 'src/sync/a.ts', code: `import '../http/x.ts'`, rule: restricted },
  { file: 'src/sync/a.ts', code: `import '../context.ts'`, rule: restricted },
  { file: 'src/sync/a.ts', code: `import 'node:sqlite'`, rule: restricted },

  { file: 'src/http/a.ts', code: `import '../sync/types.ts'`, rule: null },
  { file: 'src/http/a.ts', code: `import '../store/x.ts'`, rule: null },
  { file: 'src/http/routes/a.ts', code: `import '../../core/types.ts'`, rule: null },
  { file: 'src/http/a.ts', code: `import '../protocol/x.ts'`, rule: restricted },
  { file: 'src/http/routes/a.ts', code: `import '../../protocol/x.ts'`, rule: restricted },
  { file: 'src/http/a.ts', code: `import 'node:sqlite'`, rule: restricted },
  { file: 'src/http/a.ts', code: `import '../main.ts'`, rule: restricted },

  { file: 'src/main.ts', code: `import './http/x.ts'`, rule: null },
  { file: 'src/main.ts', code: `import 'node:sqlite'`, rule: restricted },

  { file: 'web/app/a.ts', code: `import type { X } from '../../src/http/x.ts'`, rule: null },
  { file: 'web/app/a.ts', code: `import { X } from '../../src/http/x.ts'`, rule: 'plugin' },
  { file: 'web/app/a.ts', code: `import { type X } from '../../src/http/x.ts'`, rule: 'plugin' },
  { file: 'web/app/a.ts', code: `import '../../src/http/x.ts'`, rule: 'plugin' },
  { file: 'web/app/a.ts', code: `export { X } from '../../src/http/x.ts'`, rule: 'plugin' },
  { file: 'web/app/a.ts', code: `export * from '../../src/http/x.ts'`, rule: 'plugin' },
  { file: 'web/app/a.ts', code: `await import('../../src/http/x.ts')`, rule: 'plugin' },
  { file: 'web/app/a.ts', code: `import type { X } from '../../src/core/types.ts'`, rule: restricted },
  { file: 'web/app/a.ts', code: `import 'node:fs'`, rule: restricted },
]

/** One diagnostic of the linter, as far as these tests look at it. */
interface Diagnostic {
  readonly category: string
  readonly location: { readonly path: string; readonly start: { readonly line: number } }
}

describe('the linter enforces who may import whom', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lint-rules-'))
  let diagnostics: readonly Diagnostic[] = []

  before(() => {
    for (const path of ['biome.json', 'package.json', 'scripts/lint'])
      cpSync(join(root, path), join(folder, path), { recursive: true })
    for (const [file, ofFile] of Map.groupBy(cases, ({ file }) => file))
      write(
        file,
        ofFile.map(({ code }) => code),
      )
    write('src/core/cycle-a.ts', [`import { b } from './cycle-b.ts'`, 'export const a = () => b'])
    write('src/core/cycle-b.ts', [`import { a } from './cycle-a.ts'`, 'export const b = () => a'])
    write('src/core/promise.ts', ['async function work(): Promise<void> {}', 'work()'])
    diagnostics = lint()
  })

  after(() => rmSync(folder, { recursive: true, force: true }))

  for (const { file, code, rule } of cases) {
    test(`${file}: ${code} is ${rule === null ? 'allowed' : 'an error'}`, () => {
      const line = cases.filter((other) => other.file === file).findIndex((other) => other.code === code) + 1
      const found = categoriesAt(file, line).filter((category) => category === restricted || category === 'plugin')
      assert.deepEqual([...new Set(found)], rule === null ? [] : [rule])
    })
  }

  test('a cycle of imports is an error', () => {
    assert.ok(categoriesAt('src/core/cycle-a.ts', 1).includes('lint/suspicious/noImportCycles'))
  })

  test('a promise nobody waits for is an error', () => {
    assert.ok(categoriesAt('src/core/promise.ts', 2).includes('lint/nursery/noFloatingPromises'))
  })

  function write(file: string, lines: readonly string[]): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${lines.join('\n')}\n`)
  }

  function lint(): readonly Diagnostic[] {
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
    const args = [
      biome,
      'lint',
      '--vcs-enabled=false',
      '--reporter=json',
      '--diagnostic-level=error',
      '--max-diagnostics=none',
      'src',
      'web',
    ]
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    assert.notEqual(stdout, '', stderr)
    return JSON.parse(stdout).diagnostics
  }

  function categoriesAt(file: string, line: number): string[] {
    return diagnostics
      .filter(({ location }) => location.path === file && location.start.line === line)
      .map(({ category }) => category)
  }
})
