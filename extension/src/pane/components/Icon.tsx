const PATHS = {
  search: ["M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z", "m20 20-4.2-4.2"],
  close: ["m6 6 12 12M18 6 6 18"],
  back: ["m14.5 5-7 7 7 7"],
  smile: [
    "M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0Z",
    "M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.01M15 9.5v.01",
  ],
  down: ["M12 5v14m-6-6 6 6 6-6"],
  clip: [
    "m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7L9.5 17a1.7 1.7 0 0 1-2.4-2.4L14.5 7",
  ],
  bubble: ["M21 12a8 8 0 0 1-11.6 7.1L4 20l1-4.6A8 8 0 1 1 21 12Z"],
  warning: [
    "M12 9v4.5m0 3v.01",
    "M10.3 4.5 3 17.2A2 2 0 0 0 4.7 20h14.6a2 2 0 0 0 1.7-2.8L13.7 4.5a2 2 0 0 0-3.4 0Z",
  ],
  grip: ["M9 19 19 9M14 19l5-5"],
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it stands for is said by the label of what holds it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {PATHS[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
