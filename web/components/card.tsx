'use client'

import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components'
import type { ReactElement, ReactNode } from 'react'
import { wide } from './breakpoints.ts'

const useStyles = makeStyles({
  card: {
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
  },
  padded: { padding: tokens.spacingHorizontalL },
  title: {
    margin: `0 0 ${tokens.spacingVerticalM}`,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  setting: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    minHeight: '68px',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  icon: { display: 'flex', fontSize: '20px', flexShrink: 0, color: tokens.colorNeutralForeground2 },
  words: { flex: '1 1 160px', minWidth: 0 },
  name: { overflowWrap: 'anywhere' },
  about: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
  },
  control: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    marginInlineStart: 'auto',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  // In line with the words.
  below: { '@media (max-width: 759.98px)': { flex: '1 1 100%', paddingLeft: '36px' } },
  header: {
    '& > button': {
      minHeight: '68px',
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
      fontSize: tokens.fontSizeBase300,
      textAlign: 'start',
    },
    // The icon stands where that of a setting without a chevron stands.
    '& .fui-AccordionHeader__icon': {
      fontSize: '20px',
      paddingRight: tokens.spacingHorizontalL,
      color: tokens.colorNeutralForeground2,
    },
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { background: 'var(--appCardHover)' },
  },
  panel: {
    margin: 0,
    padding: tokens.spacingHorizontalL,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    [wide]: { paddingLeft: '52px' },
  },
  stack: { display: 'flex', flexDirection: 'column', gap: '4px' },
  sections: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
})

interface CardProps {
  readonly title?: string
  /** Its name for screen readers where it has no heading. */
  readonly label?: string
  readonly children: ReactNode
}

/** A surface with a heading of its own. */
export function Card({ title, label = title, children }: CardProps) {
  const styles = useStyles()
  return (
    <section className={mergeClasses(styles.card, styles.padded)} aria-label={label}>
      {title !== undefined && <h2 className={styles.title}>{title}</h2>}
      {children}
    </section>
  )
}

interface SettingProps {
  readonly icon: ReactElement
  readonly title: string
  readonly about?: ReactNode
  /** What changes or shows it, at the right. */
  readonly children?: ReactNode
  /** On narrow screens the control stands below the words, whatever its width. */
  readonly stacks?: boolean
}

/** One setting as Windows shows it: icon, title, what it is about, and the control at the right. */
export function SettingCard({ icon, title, about, children, stacks = false }: SettingProps) {
  const styles = useStyles()
  return (
    <div className={mergeClasses(styles.card, styles.setting)}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <div className={styles.words}>
        <div className={styles.name}>{title}</div>
        {about !== undefined && <div className={styles.about}>{about}</div>}
      </div>
      {children !== undefined && <div className={mergeClasses(styles.control, stacks && styles.below)}>{children}</div>}
    </div>
  )
}

/** A setting that opens. */
export function Expander({ icon, title, about, children }: Omit<SettingProps, 'stacks'>) {
  const styles = useStyles()
  return (
    <Accordion collapsible>
      <AccordionItem value="only" className={styles.card}>
        <AccordionHeader as="h3" expandIconPosition="end" icon={icon} className={styles.header}>
          <span className={styles.words}>
            <span className={styles.name}>{title}</span>
            {about !== undefined && <div className={styles.about}>{about}</div>}
          </span>
        </AccordionHeader>
        <AccordionPanel className={styles.panel}>{children}</AccordionPanel>
      </AccordionItem>
    </Accordion>
  )
}

/** Cards that belong together, close to each other. */
export function Stack({ children }: { readonly children: ReactNode }) {
  return <div className={useStyles().stack}>{children}</div>
}

/** The parts of a page, one below the other. */
export function Sections({ children }: { readonly children: ReactNode }) {
  return <div className={useStyles().sections}>{children}</div>
}
