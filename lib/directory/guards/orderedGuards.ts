/** A reason that stands against something. */
export interface Guard<Subject> {
	/** By which the order of several guards can be read. */
	name: string;
	/** The reason for a reader; undefined where the guard has no objection. */
	objection(subject: Subject): string | undefined;
}

/** The first objection is the one that is told: the admin would still meet it if the others were gone. */
export function firstObjection<Subject>(
	guards: ReadonlyArray<Guard<Subject>>,
	subject: Subject,
): string | undefined {
	for (const guard of guards) {
		const objection = guard.objection(subject);
		if (objection !== undefined) return objection;
	}
	return undefined;
}
