'use client'

import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { RulesPreview } from '../lib/types.ts'
import { rules as texts } from '../texts.ts'
import { ProblemList } from './problem-list.tsx'

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  about: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: '4px' },
  entry: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflowWrap: 'anywhere',
  },
  head: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', flexWrap: 'wrap' },
  subject: { flex: '1 1 120px', minWidth: 0 },
  lines: { margin: `${tokens.spacingVerticalXS} 0 0`, padding: 0, listStyleType: 'none', display: 'grid' },
  line: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre-wrap' },
  before: { '::before': { content: '"− "', color: 'var(--appCritical)' } },
  after: { '::before': { content: '"+ "', color: 'var(--appSuccess)' } },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
})

const colors = { changed: 'informative', dropped: 'danger' } as const

/** Which events come out differently, and how. */
export function RulePreview({ found }: { readonly found: RulesPreview }) {
  const styles = useStyles()
  const { hits, changed, dropped, findings } = found
  return (
    <div className={styles.root}>
      <p className={styles.about}>{hits.length === 0 ? texts.noHits : texts.hitsOf(hits.length, changed + dropped)}</p>
      {hits.length > 0 && (
        <ul className={styles.list}>
          {hits.map((hit, place) => (
            // Two calendars may hold an event of the same UID; the list is drawn anew with each answer.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Hit key={`${hit.uid} ${place}`} hit={hit} />
          ))}
        </ul>
      )}
      {findings.length > 0 && <ProblemList problems={findings} />}
    </div>
  )
}

/** What no reader of a calendar gets to see. */
const unseen = /^(UID|DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE)[:;]/

function Hit({ hit: { result, before, after } }: { readonly hit: RulesPreview['hits'][number] }) {
  const styles = useStyles()
  const lines = [
    ...(result === 'dropped' ? [] : before.lines.map((text) => ({ text, side: 'before' as const }))),
    ...after.flatMap((event) => event.lines).map((text) => ({ text, side: 'after' as const })),
  ].filter(({ text }) => !unseen.test(text))
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <span className={styles.subject}>{before.subject || texts.untitled}</span>
        <Badge appearance="tint" color={colors[result]}>
          {texts.result[result]}
        </Badge>
      </div>
      {lines.length > 0 && (
        <ul className={styles.lines}>
          {lines.map(({ text, side }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one event, some of which may be the same
            <li key={`${place} ${text}`} className={mergeClasses(styles.line, styles[side])}>
              <span className={styles.hidden}>{side === 'before' ? texts.beforeLine : texts.afterLine}</span>
              {text}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
