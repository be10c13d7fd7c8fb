/** From here on the sidebar stands beside the content; below it is behind the burger, and rows stack. */
export const wide = '@media (min-width: 760px)'
/** From here on two cards stand side by side, the sidebar beside them. */
export const breakpointOfTwo = '@media (min-width: 1000px)'
