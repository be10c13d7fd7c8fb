/** From here on the sidebar stands beside the content; below it is behind the burger, and rows stack. */
export const wide = '@media (min-width: 760px)'
