/** The mark: a quay and two hulls at their berths, which together read as a B. */
export function Mark({ size }: { size: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-quay" x="4" y="2" width="4.5" height="28" rx="2.25" />
      <path class="mark-hull" d="M11.5 3.5h5.2c4.9 0 8.3 2.4 9.8 5.6-1.5 3.2-4.9 5.6-9.8 5.6h-5.2z" />
      <path class="mark-hull2" d="M11.5 17.3h6.2c5.4 0 9.1 2.4 10.8 5.6-1.7 3.2-5.4 5.6-10.8 5.6h-6.2z" />
    </svg>
  );
}
