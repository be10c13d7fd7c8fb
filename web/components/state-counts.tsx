'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular, ArrowUploadRegular } from '@fluentui/react-icons'
import NextLink from 'next/link'
import { runKey, useRunning } from '../lib/live.ts'
import { useMayBeOld } from '../lib/may-be-old.ts'
import { stateOf, states } from '../lib/state.ts'
import type { Kind, ListedItem } from '../lib/types.ts'
import { nav, state as stateTexts, overview as texts } from '../texts.ts'
import { StateMark } from './state-mark.tsx'
import { TextLink } from './text-link.tsx'

const useStyles = makeStyles({
  kinds: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  kind: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
  },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  icon: { display: 'flex', fontSize: '20px', color: tokens.colorNeutralForeground2 },
  title: {
    margin: 0,
    flex: '1 1 auto',
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  total: { fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase400 },
  states: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  state: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '36px',
    padding: `0 ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { background: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  count: { marginRight: '2px', fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
})

const icons = { source: <ArrowDownloadRegular />, destination: <ArrowUploadRegular /> }

/** How many of each kind are in which state; a press shows them. */
export function StateCounts({ items }: { readonly items: readonly ListedItem[] }) {
  const styles = useStyles()
  return (
    <div className={styles.kinds}>
      {(['source', 'destination'] as const).map((kind) => (
        <KindCounts key={kind} kind={kind} items={items.filter((item) => item.kind === kind)} />
      ))}
    </div>
  )
}

function KindCounts({ kind, items }: { readonly kind: Kind; readonly items: readonly ListedItem[] }) {
  const styles = useStyles()
  const running = useRunning()
  const old = useMayBeOld()
  const path = `/${kind}s`
  const counted = states
    .map((state) => ({
      state,
      count: items.filter((item) => stateOf(item, running.has(runKey(kind, item.id))) === state).length,
    }))
    .filter(({ count }) => count > 0)
  return (
    <section className={styles.kind} aria-label={nav[`${kind}s`]}>
      <div className={styles.head}>
        <span className={styles.icon} aria-hidden>
          {icons[kind]}
        </span>
        <h2 className={styles.title}>{nav[`${kind}s`]}</h2>
        <span className={styles.total}>{items.length}</span>
      </div>
      {items.length === 0 ? (
        <p className={styles.quiet}>
          {texts.none[kind]} <TextLink href={`${path}/add`}>{texts.begin[kind]}</TextLink>
        </p>
      ) : (
        <ul className={styles.states}>
          {counted.map(({ state, count }) => {
            const { word } = stateTexts[state]
            return (
              <li key={state}>
                <NextLink className={styles.state} href={state === 'syncing' ? path : `${path}?show=${state}`}>
                  <StateMark state={state} error={null} />
                  <span>
                    <span className={styles.count}>{count}</span> {old ? stateTexts.mayBeOld(word) : word}
                  </span>
                </NextLink>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
