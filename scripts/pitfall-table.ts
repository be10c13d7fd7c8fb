// `node scripts/pitfall-table.ts`: which tests stand for which pitfall.
import { resolve } from 'node:path'
import { pitfallTests } from './lib/pitfalls.ts'

const { tests, fromList } = pitfallTests(resolve(import.meta.dirname, '..'))
if (!fromList) console.log('The list of pitfalls is not at hand; these are the ids known when this was written.')
for (const [id, names] of tests) {
  console.log(`${id}  ${names.length === 0 ? 'NO TEST' : `${names.length} ${names.length === 1 ? 'test' : 'tests'}`}`)
  for (const name of names) console.log(`    ${name}`)
}
