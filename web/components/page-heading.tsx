'use client'

import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'

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
  intro: { margin: `${tokens.spacingVerticalXXS} 0 0`, color: tokens.colorNeutralForeground3 },
})

interface PageHeadingProps {
  readonly title: string
  readonly intro: string
  readonly addLabel: string
  readonly onAdd: () => void
  /** Called when the pointer or focus nears the button, to have its dialog ready. */
  readonly onNear: () => void
}

export function PageHeading({ title, intro, addLabel, onAdd, onNear }: PageHeadingProps) {
  const styles = useStyles()
  const focusComesBack = useRestoreFocusTarget()
  return (
    <div className={styles.head}>
      <div>
        <h1 className={styles.heading}>{title}</h1>
        <p className={styles.intro}>{intro}</p>
      </div>
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
    </div>
  )
}
