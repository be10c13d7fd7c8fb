import { useEffect } from 'react'

/** The browser asks before it leaves the page, by a reload or a closed tab, while that would lose what was typed. */
export function useKeepsPage(keeps: boolean): void {
  useEffect(() => {
    if (!keeps) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [keeps])
}
