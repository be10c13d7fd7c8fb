'use client'

import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { LinkButton } from './link-button.tsx'

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalL,
  },
  heading: {
    margin: 0,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  intro: { margin: `${tokens.spacingVerticalXXS} 0 0`, color: tokens.colorNeutralForeground3 },
})

interface PageHeadingProps {
  readonly title: string
  readonly intro: string
  readonly addLabel: string
  readonly guideLabel: string
  readonly guideHref: string
  readonly onAdd: () => void
  /** Called when the pointer or focus nears the button, to have its dialog ready. */
  readonly onNear: () => void
}

export function PageHeading({ title, intro, addLabel, guideLabel, guideHref, onAdd, onNear }: PageHeadingProps) {
  const styles = useStyles()
  const focusComesBack = useRestoreFocusTarget()
  return (
    <div className={styles.head}>
      <div>
        <h1 className={styles.heading}>{title}</h1>
        <p className={styles.intro}>{intro}</p>
      </div>
      <div className={styles.actions}>
        <Button
          {...focusComesBack}
          appearance="primary"
          icon={<AddRegular />}
          onClick={onAdd}
          onPointerEnter={onNear}
          onFocus={onNear}
        >
          {addLabel}
        </Button>
        <LinkButton href={guideHref}>{guideLabel}</LinkButton>
      </div>
    </div>
  )
}
