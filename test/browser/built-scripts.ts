import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const exported = join(import.meta.dirname, '../../web/out')

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

// Next brings this parser along for its own builds; it knows which edition of the language a text needs.
const { parse } = createRequire(import.meta.url)('next/dist/compiled/acorn') as {
  parse(text: string, options: { ecmaVersion: number; sourceType: 'script' | 'module' }): Node
}

export interface BuiltScript {
  readonly name: string
  readonly text: string
}

/** Every script of the built dashboard but those for browsers that know no modules, which no other browser loads. */
export function builtScripts(): readonly BuiltScript[] {
  const html = readFileSync(join(exported, 'index.html'), 'utf8')
  const tags = [...html.matchAll(/<script[^>]*\ssrc="\/([^"]+)"[^>]*>/g)]
  const forNone = tags.filter(([tag]) => /nomodule/i.test(tag)).map(([, name]) => name)
  return globSync('_next/static/**/*.js', { cwd: exported })
    .filter((name) => !forNone.includes(name))
    .map((name) => ({ name, text: readFileSync(join(exported, name), 'utf8') }))
}

/** The script as a tree; throws where it needs a later edition of the language. */
export function readScript({ name, text }: BuiltScript, edition: number): Node {
  try {
    return parse(text, { ecmaVersion: edition, sourceType: 'script' })
  } catch (cause) {
    throw new Error(`${name} is not written in the language of ${edition}`, { cause })
  }
}

/** The names a script calls or looks up: `Promise.try`, and `.toBase64` for a method of whatever. */
export function* namesIn(node: Node): Generator<string> {
  if (node.type === 'MemberExpression') {
    const { object, property, computed } = node as Node & { object: Node; property: Node; computed: boolean }
    const name = computed ? property.value : property.name
    if (typeof name === 'string') {
      yield `.${name}`
      if (object.type === 'Identifier') yield `${String(object.name)}.${name}`
    }
  }
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as Node).type === 'string') yield* namesIn(child)
    }
  }
}
