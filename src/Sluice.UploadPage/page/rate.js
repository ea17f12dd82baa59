const window = 5000;

/** How fast bytes went in the last seconds. */
export class Rate {
  #samples = [];

  /** Forgets everything: what comes next follows a pause. */
  reset() {
    this.#samples = [];
  }

  /** Says how many bytes have gone by now. */
  add(bytes) {
    const now = performance.now();
    // After a broken connection the server has fewer than were sent.
    if (this.#samples.length && bytes < this.#samples.at(-1).bytes) {
      this.reset();
    }

    this.#samples.push({ now, bytes });
    while (this.#samples.length > 2 && this.#samples[1].now < now - window) {
      this.#samples.shift();
    }
  }

  /** Bytes a second; 0 while that is not known. */
  perSecond() {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    const elapsed = first ? performance.now() - first.now : 0;
    return elapsed < 500 ? 0 : (1000 * (last.bytes - first.bytes)) / elapsed;
  }
}
