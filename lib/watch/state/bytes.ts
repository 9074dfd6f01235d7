/** Writes numbers and texts one after the other; {@link ByteReader} reads them in the same order. */
export class ByteWriter {
	private buffer = new Uint8Array(1024);
	private length = 0;

	/** @param value a whole number from 0 to 2^53 - 1, in seven bits a byte, the lowest first */
	number(value: number): void {
		let rest = value;
		while (rest >= 0x80) {
			this.byte((rest % 0x80) + 0x80);
			rest = Math.floor(rest / 0x80);
		}
		this.byte(rest);
	}

	bytes(bytes: Uint8Array): void {
		this.reserve(bytes.length);
		this.buffer.set(bytes, this.length);
		this.length += bytes.length;
	}

	/** Bytes behind their number. */
	block(bytes: Uint8Array): void {
		this.number(bytes.length);
		this.bytes(bytes);
	}

	text(text: string): void {
		this.block(new TextEncoder().encode(text));
	}

	result(): Uint8Array<ArrayBuffer> {
		return this.buffer.slice(0, this.length);
	}

	private byte(value: number): void {
		this.reserve(1);
		this.buffer[this.length] = value;
		this.length += 1;
	}

	private reserve(count: number): void {
		if (this.length + count <= this.buffer.length) return;
		const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + count));
		larger.set(this.buffer.subarray(0, this.length));
		this.buffer = larger;
	}
}

/** @throws RangeError if there is less to read than was asked for */
export class ByteReader {
	private position = 0;

	constructor(private readonly buffer: Uint8Array) {}

	number(): number {
		let value = 0;
		for (let factor = 1; ; factor *= 0x80) {
			const [byte = 0] = this.bytes(1);
			value += (byte % 0x80) * factor;
			if (byte < 0x80) return value;
		}
	}

	bytes(count: number): Uint8Array {
		const end = this.position + count;
		if (end > this.buffer.length) throw new RangeError('The stored state ends too early.');
		const bytes = this.buffer.subarray(this.position, end);
		this.position = end;
		return bytes;
	}

	block(): Uint8Array {
		return this.bytes(this.number());
	}

	text(): string {
		return new TextDecoder().decode(this.block());
	}
}
