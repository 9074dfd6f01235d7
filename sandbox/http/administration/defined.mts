/** Leaves out undefined values, for types that know only absent or present. */
type Defined<Shape> = { [Key in keyof Shape]: Exclude<Shape[Key], undefined> };

const isDefined = <Shape extends object>(shape: Shape): shape is Shape & Defined<Shape> =>
	Object.values(shape).every((value) => value !== undefined);

/** Parsed JSON contains no undefined; this tells the compiler so. */
export const defined = <Shape extends object>(shape: Shape): Shape & Defined<Shape> => {
	if (isDefined(shape)) return shape;
	throw new TypeError('A value is undefined');
};
