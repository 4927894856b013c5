const smallestRoom = 1 << 10;
/** Longer texts get room of their own, which is not kept. */
const mostKept = 1 << 15;
/** Whether numbers lie in memory as they do in a text that is written as "utf16le". */
const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The UTF-16 units of one text after the other: to read them in an array takes a third of the time that it takes to ask the text for each. */
export class TextUnits {
  /** Of the last text, with a 0 behind the last. */
  units = new Uint16Array(smallestRoom);
  private bytes = Buffer.from(this.units.buffer);

  /** `length`: of the text. */
  read(text: string, length: number): void {
    const needed = length + 1;
    if (needed > this.units.length || (this.units.length > mostKept && needed <= mostKept)) this.makeRoom(needed);
    if (littleEndian) this.bytes.write(text, 'utf16le');
    else for (let at = 0; at < length; at += 1) this.units[at] = text.charCodeAt(at);
    this.units[length] = 0;
  }

  private makeRoom(needed: number): void {
    this.units = new Uint16Array(needed <= smallestRoom ? smallestRoom : Math.max(needed, mostKept));
    this.bytes = Buffer.from(this.units.buffer);
  }
}
