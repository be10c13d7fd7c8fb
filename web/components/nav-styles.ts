/** Marks what a folded sidebar hides; global.css does the hiding, so that it holds before any script runs. */
export const hiddenWhenCompact = 'hidden-when-compact'
