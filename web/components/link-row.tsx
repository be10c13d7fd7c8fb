'use client'

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import NextLink from 'next/link'
import { linkTitle, readership, sourceNames } from '../lib/links.ts'
import type { Link, Source } from '../lib/types.ts'
import { actions, links as texts } from '../texts.ts'
import { wide } from './breakpoints.ts'
import { CopyButton } from './copy-button.tsx'
import { LinkStateMark } from './link-state-mark.tsx'
import { QrButton } from './qr-button.tsx'
import { RelativeTime } from './relative-time.tsx'

const useStyles = makeStyles({
  row: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    alignItems: 'center',
    minHeight: '68px',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
    ':hover': { background: 'var(--appCardHover)' },
    [wide]: { gridTemplateColumns: '20px minmax(0, 1fr) minmax(150px, auto) auto' },
  },
  names: { minWidth: 0, display: 'flex', flexDirection: 'column' },
  // The whole row is the link's, but for the buttons.
  name: {
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    overflowWrap: 'anywhere',
    '::after': { content: '""', position: 'absolute', inset: 0, borderRadius: tokens.borderRadiusMedium },
    ':focus-visible': { outlineStyle: 'none' },
    ':focus-visible::after': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  quiet: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
  },
  path: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 1,
    overflow: 'hidden',
    wordBreak: 'break-all',
  },
  glance: { gridColumn: 2, [wide]: { gridColumn: 3, textAlign: 'end' } },
  word: { color: tokens.colorNeutralForeground1 },
  stopped: { color: 'var(--appCaution)' },
  buttons: {
    gridColumn: 2,
    position: 'relative',
    display: 'flex',
    flexWrap: 'wrap',
    marginInlineStart: '-12px',
    [wide]: { gridColumn: 4, marginInlineStart: 0 },
  },
})

interface LinkRowProps {
  readonly link: Link
  readonly sources: readonly Source[]
}

/** One link: state, whom it is for, what it shows, who reads it, and its address to be copied. */
export function LinkRow({ link, sources }: LinkRowProps) {
  const styles = useStyles()
  const title = linkTitle(link, sources)
  const named = (action: string) => actions.named(action, title)
  return (
    <li className={styles.row}>
      <LinkStateMark state={link.state} />
      <div className={styles.names}>
        <NextLink href={`/links/view?id=${link.id}`} className={styles.name}>
          {title}
        </NextLink>
        <span className={mergeClasses(styles.quiet, styles.path)} title={link.url}>
          {new URL(link.url).pathname}
        </span>
        <span className={styles.quiet}>
          {texts.kind[link.kind]}
          {link.source_ids.length > 0 && ` · ${texts.shows(sourceNames(link, sources))}`}
          {link.is_public && ` · ${texts.open}`}
        </span>
      </div>
      <Glance link={link} />
      <div className={styles.buttons}>
        <CopyButton text={link.url} label={title} name={named(texts.copyFeed)} />
        <CopyButton text={link.webcal_url} label={title} name={named(texts.copyWebcal)} word={texts.webcal} />
        <QrButton linkId={link.id} name={title} />
      </div>
    </li>
  )
}

function Glance({ link }: { readonly link: Link }) {
  const styles = useStyles()
  const { count, lastAt, stopped } = readership(link)
  return (
    <div className={mergeClasses(styles.quiet, styles.glance)}>
      <div className={styles.word}>{texts.state[link.state].word}</div>
      <div>
        {count === 0 ? texts.noReaders : texts.readers(count)}
        {lastAt !== null && (
          <>
            {`, ${texts.lastRead} `}
            <RelativeTime at={lastAt} />
          </>
        )}
      </div>
      {stopped.length > 0 && <div className={styles.stopped}>{texts.stopped(stopped.join(', '))}</div>}
    </div>
  )
}
