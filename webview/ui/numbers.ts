/** Numbers as the reader's language writes them, with a true minus sign. */
export interface Numbers {
  whole(value: number): string;
  /** A share from 0 to 1 in per cent, e.g. `96 %`. */
  percent(value: number): string;
  /** With its sign and one decimal, e.g. `−1,9`. */
  weight(value: number): string;
}

export function numbers(language: string): Numbers {
  const format = (options: Intl.NumberFormatOptions) => {
    const made = new Intl.NumberFormat(language, options);
    return (value: number) => made.format(value).replaceAll('-', '\u2212');
  };
  return {
    whole: format({ maximumFractionDigits: 0 }),
    percent: format({ style: 'percent', maximumFractionDigits: 0 }),
    weight: format({ minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' }),
  };
}
