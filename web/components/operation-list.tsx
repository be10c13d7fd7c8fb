'use client'

import { Badge, Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Operation } from '../lib/types.ts'
import { operation as texts } from '../texts.ts'

/** More than this at once is slow to draw and nobody reads it; a button shows the rest. */
const shownAtOnce = 50

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '4px' },
  entry: {
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
    overflowWrap: 'anywhere',
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px', padding: '8px 12px' },
  subject: { flex: '1 1 200px', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  changes: {
    margin: 0,
    padding: '8px 12px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    display: 'grid',
    gap: tokens.spacingVerticalS,
  },
  property: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: {
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
  },
  before: { '::before': { content: '"− "', color: 'var(--appCritical)' } },
  after: { '::before': { content: '"+ "', color: 'var(--appSuccess)' } },
  summary: { cursor: 'pointer', padding: '0 12px 8px', fontSize: tokens.fontSizeBase200 },
  more: { alignSelf: 'start' },
})

const colors = { create: 'success', update: 'informative', delete: 'danger' } as const

/** What a run does or would do, event by event; each opens to its properties before and after. */
export function OperationList({ operations }: { readonly operations: readonly Operation[] }) {
  const styles = useStyles()
  const [all, setAll] = useState(false)
  const shown = all ? operations : operations.slice(0, shownAtOnce)
  return (
    <>
      <ul className={styles.list}>
        {shown.map((operation, place) => (
          // The list is plain data of one run and never reordered; one event may stand in it twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Entry key={place} operation={operation} />
        ))}
      </ul>
      {shown.length < operations.length && (
        <Button className={styles.more ?? ''} onClick={() => setAll(true)}>
          {texts.showAll(operations.length)}
        </Button>
      )}
    </>
  )
}

function Entry({ operation: { kind, subject, result, reason, changes } }: { readonly operation: Operation }) {
  const styles = useStyles()
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <Badge appearance="tint" color={colors[kind]}>
          {texts.kind[kind]}
        </Badge>
        <span className={styles.subject}>{subject}</span>
        {result !== null && <span className={styles.quiet}>{texts.result[result]}</span>}
        {reason !== null && <span className={styles.quiet}>{reason}</span>}
      </div>
      {changes.length > 0 && (
        <details>
          <summary className={styles.summary}>{texts.changes(changes.length)}</summary>
          <dl className={styles.changes}>
            {changes.map(({ component, property, before, after }) => (
              <div key={`${component} ${property} ${before} ${after}`}>
                <dt className={styles.property}>
                  {component === 'event' ? texts.property(property) : `${texts.property(property)}, ${component}`}
                </dt>
                {before !== null && (
                  <dd className={mergeClasses(styles.value, styles.before)}>{texts.before(before)}</dd>
                )}
                {after !== null && <dd className={mergeClasses(styles.value, styles.after)}>{texts.after(after)}</dd>}
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}
