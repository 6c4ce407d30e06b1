type Point = readonly [x: number, y: number];

/** At most so many points: means of as many as come to one. What is fewer already stays as it is. */
export function smoothed(points: readonly Point[], most: number): readonly Point[] {
  const each = Math.ceil(points.length / most);
  if (each <= 1) return points;
  return Array.from({ length: Math.ceil(points.length / each) }, (_, index) => {
    const some = points.slice(index * each, (index + 1) * each);
    const mean = (axis: 0 | 1) => some.reduce((sum, point) => sum + point[axis], 0) / some.length;
    return [mean(0), mean(1)];
  });
}
