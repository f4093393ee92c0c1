const WIDTHS = [62, 48, 70, 55, 40, 66];

export function Skeletons() {
  return (
    <div class="rows" aria-busy="true">
      <span class="unseen">Loading</span>
      {WIDTHS.map((width) => (
        <div class="row skeleton" key={width} aria-hidden="true">
          <span class="face" />
          <span class="bone" style={{ width: `${width}%` }} />
          <span class="bone" style={{ width: `${width + 20}%` }} />
        </div>
      ))}
    </div>
  );
}

export function LogSkeleton() {
  return (
    <div class="log-skeleton" aria-busy="true">
      <span class="unseen">Loading texts</span>
      <i class="in" style={{ width: "46%" }} />
      <i class="out" style={{ width: "58%" }} />
      <i class="in" style={{ width: "34%" }} />
    </div>
  );
}
