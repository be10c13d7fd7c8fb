import { hash } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { ETag, Fingerprint, Href } from '../core/types.ts'
import type { Database } from './db.ts'
import type { BinStore, JournalEntry, JournalStore } from './types.ts'

interface JournalRow {
  readonly runId: number
  readonly destinationId: number
  readonly calendarUrl: string
  readonly href: Href
  readonly uid: string
  readonly kind: JournalEntry['kind']
  readonly text: Uint8Array | null
  readonly etag: ETag | null
  readonly sent: Fingerprint | null
  readonly owned: number | null
  readonly after: Fingerprint | null
  readonly at: number
}

const SELECT = `SELECT run_id AS runId, destination_id AS destinationId, calendar_url AS calendarUrl, href, uid, kind,
  text_zstd AS text, before_etag AS etag, before_sent AS sent, before_owned AS owned, "after", at
  FROM journal LEFT JOIN journal_texts ON journal_texts.id = before_text`

/** What runs replaced and removed. Texts are kept compressed and once each. */
export function journalStore(database: Database, bin: Pick<BinStore, 'isEmpty'>): JournalStore {
  return {
    record: ({ runId, destinationId, calendarUrl, href, uid, kind, before, after, at }) => {
      // What is replaced must be on the disk before it goes; of a new event nothing is lost, and its name tells it is ours.
      const put = before === null ? database.lightly : database.transaction
      put(() => {
        database.run(
          `INSERT INTO journal (run_id, destination_id, calendar_url, href, uid, kind, before_text, before_etag,
            before_sent, before_owned, "after", at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          runId,
          destinationId,
          calendarUrl,
          href,
          uid,
          kind,
          before === null ? null : textId(database, before.text),
          before?.etag ?? null,
          before?.sent ?? null,
          before === null ? null : Number(before.owned),
          after,
          at,
        )
      })
    },
    ofRun: (runId) => database.all<JournalRow>(`${SELECT} WHERE run_id = ? ORDER BY journal.id`, runId).map(toEntry),
    among: (runIds) =>
      new Set(runIds.filter((id) => database.get('SELECT 1 FROM journal WHERE run_id = ? LIMIT 1', id) !== undefined)),
    prune: (before) =>
      database.transaction(() => {
        const { changes } = database.run('DELETE FROM journal WHERE at < ?', before)
        // A deleted destination that comes back still refers to its texts. Asked each time: the bin is emptied by it.
        if (bin.isEmpty() && changes > 0) {
          database.run(
            `DELETE FROM journal_texts WHERE NOT EXISTS
              (SELECT 1 FROM journal WHERE journal.before_text = journal_texts.id)`,
          )
        }
        return changes
      }),
  }
}

/** The id of this text, which is stored where it is new. */
function textId(database: Database, text: string): number {
  const digest = hash('sha256', text, 'base64url')
  const known = database.get<{ id: number }>('SELECT id FROM journal_texts WHERE hash = ?', digest)
  if (known) return known.id
  return database.run('INSERT INTO journal_texts (hash, text_zstd) VALUES (?, ?)', digest, zstdCompressSync(text)).id
}

function toEntry({ text, etag, sent, owned, ...entry }: JournalRow): JournalEntry {
  if (text === null) return { ...entry, before: null }
  return { ...entry, before: { text: zstdDecompressSync(text).toString(), etag, sent, owned: owned === 1 } }
}
