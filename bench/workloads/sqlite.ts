/** W11: 10,000 objects stored in one transaction, and once more when nothing has changed. */
import { isDeepStrictEqual } from 'node:util'
import { measureRepeated } from '../lib/repeat.ts'
import type { Contender, Workload } from '../lib/workload.ts'

const ROWS = 10_000

function contender(name: string, role: Contender['role'], child: string, wanted: object): Contender {
  const check = (result: unknown) => {
    if (!isDeepStrictEqual(result, wanted))
      throw new Error(`${JSON.stringify(result)} instead of ${JSON.stringify(wanted)}`)
  }
  return { name, role, run: () => measureRepeated('sqlite.ts', child, String(ROWS), ROWS, check) }
}

const shared = { sizes: [ROWS], compare: 'cpu', unit: 'rows per CPU second' } as const
const FLOOR = 'node:sqlite alone'

export const sqliteWorkloads: readonly Workload[] = [
  {
    ...shared,
    id: 'W11',
    title: '10,000 new objects stored in one transaction',
    targets: [
      {
        text: 'CPU at most 130 ms',
        value: (rows) => (rows.of('ours', 'cpu') ?? Number.NaN) * 1000,
        atMost: 130,
        why: 'The machine has two speeds, and in the slow one node:sqlite alone takes more than that: see the floor.',
      },
    ],
    open: async () => ({
      contenders: [
        contender(FLOOR, 'floor', 'bare', { rows: ROWS }),
        contender('ours', 'ours', 'ours', { rows: ROWS }),
      ],
      close: async () => {},
    }),
  },
  {
    ...shared,
    id: 'W11 unchanged',
    title: 'the same 10,000 objects stored again; nothing is written',
    open: async () => ({
      contenders: [
        contender(FLOOR, 'floor', 'bareAgain', { rows: ROWS, written: false }),
        contender('ours', 'ours', 'oursAgain', { rows: ROWS, written: false }),
      ],
      close: async () => {},
    }),
  },
]
