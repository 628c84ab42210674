/** `512 bytes`, `74 kB`, `1.2 GB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} bytes`;
  const power = Math.min(4, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${["", "kB", "MB", "GB", "TB"][power]}`;
}
