// Intersection Observer v2, which Chrome has and TypeScript's library does not know.
interface IntersectionObserverEntry {
  readonly isVisible: boolean;
}

interface IntersectionObserverInit {
  trackVisibility?: boolean;
  /** In ms, at least 100. */
  delay?: number;
}
