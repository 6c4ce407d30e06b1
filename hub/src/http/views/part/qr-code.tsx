interface QrCodeProps {
  /** Row by row; true is dark. */
  readonly modules: readonly (readonly boolean[])[];
  readonly label: string;
}

/** One path, in the page itself: nothing is fetched, and the secret stands in no address. */
export function QrCode({ modules, label }: QrCodeProps) {
  const dark = modules.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <div class="qr">
      <svg
        viewBox={`0 0 ${modules.length} ${modules.length}`}
        role="img"
        aria-label={label}
        shape-rendering="crispEdges"
      >
        <path d={dark} fill="#000000" />
      </svg>
    </div>
  );
}
