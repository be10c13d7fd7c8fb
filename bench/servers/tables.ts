import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

/** A digest of the rows of each table of a database that is in use. */
export type Tables = ReadonlyMap<string, { readonly rows: number; readonly digest: string }>

export function readTables(path: string): Tables {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const names = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all()
    return new Map(
      names.map(({ name }) => {
        const hash = createHash('sha256')
        let rows = 0
        for (const row of database.prepare(`SELECT * FROM "${name}"`).iterate()) {
          for (const value of Object.values(row)) hash.update(value instanceof Uint8Array ? value : `${value}\0`)
          rows += 1
        }
        return [String(name), { rows, digest: hash.digest('hex') }]
      }),
    )
  } finally {
    database.close()
  }
}

/** The tables whose rows are no longer the same, each with how many rows it has more. */
export function changedTables(before: Tables, after: Tables): ReadonlyMap<string, number> {
  const changed = [...after].filter(([name, { digest }]) => before.get(name)?.digest !== digest)
  return new Map(changed.map(([name, { rows }]) => [name, rows - (before.get(name)?.rows ?? 0)]))
}
