import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The pitfalls of reading (R), of feeds (I) and of writing (W) that a test must name. */
export interface PitfallTests {
  /** Test names by pitfall id, each with its file. */
  readonly tests: ReadonlyMap<string, readonly string[]>
  /** False: the list of pitfalls is not at hand, and the ids are those known when this was written. */
  readonly fromList: boolean
}

const HIGHEST = { R: 14, I: 11, W: 15 } as const
const LIST = '../shared/pitfalls.md'

/** Every pitfall with the tests that name it, as in `R9: …` or `W5, W15: …`. */
export function pitfallTests(root: string): PitfallTests {
  const list = join(root, LIST)
  const fromList = existsSync(list)
  const ids = fromList
    ? [...readFileSync(list, 'utf8').matchAll(/^\| ([RIW]\d+) \|/gm)].map(([, id = '']) => id)
    : Object.entries(HIGHEST).flatMap(([group, last]) => Array.from({ length: last }, (_, n) => `${group}${n + 1}`))
  const tests = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const file of globSync('{src,test}/**/*.test.ts', { cwd: root }).sort()) {
    for (const name of namesIn(readFileSync(join(root, file), 'utf8'))) {
      const prefix = /^(?:[A-Z]\d+(?:, )?)+(?=:)/.exec(name)?.[0] ?? ''
      for (const id of prefix.split(', ')) tests.get(id)?.push(`${name} (${file})`)
    }
  }
  return { tests, fromList }
}

function namesIn(source: string): string[] {
  return [...source.matchAll(/\b(?:test|it|describe)\(\s*(['"`])(.*?)(?<!\\)\1/gs)].map(([, , name = '']) => name)
}
