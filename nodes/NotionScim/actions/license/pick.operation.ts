import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { PickableSeat } from '../../../../lib/directory/seats/pickableSeats';
import { readPickableSeats } from '../../../../lib/directory/seats/pickableSeats';
import type { PickList } from '../../../../lib/lifecycle/seats/pickable';
import { pickList } from '../../../../lib/lifecycle/seats/pickable';
import { askedApprovers, seatRequest } from '../../../../lib/lifecycle/seats/seatRequest';
import { pickedSeats, pickForm, refusalPage } from '../../../../lib/report/pickForm';
import { seatRequestMail } from '../../../../lib/report/seatRequestMail';
import { ScimError } from '../../../../lib/scim/scimError';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import { changeItems, itemOf, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import {
	approvers,
	approversIn,
	chosenSeats,
	expireHours,
	maxAgeDays,
	picker,
	seatsRecord,
	stepIn,
	stepProperty,
} from './pickProperties';

export const pick: ListedOperation = {
	name: 'Pick Seats',
	value: 'pick',
	action: 'Request that picked seats end',
	description:
		'Let a person pick seats of the newest report, and create a request that another person must approve. No seat is ended. Needs no credential.',
	properties: [
		notice(
			'pickNotice',
			'license',
			'One person picks seats, and another one must approve: this operation ends no seat.',
		),
		stepProperty,
		seatsRecord,
		picker,
		maxAgeDays,
		chosenSeats,
		approvers,
		expireHours,
	],
	outputs: ['Changes', 'Form', 'Mail'],
	compute: async (context) => await Promise.resolve(picked(context)),
};

interface Asking {
	parameters: ItemParameters;
	/** The address of the person who uses the form. */
	picker: string;
	reportedAt: string;
	list: PickList;
}

function picked(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const report = readPickableSeats(parameters.text(seatsRecord.name));
	const asker = parameters.text(picker.name);
	const list = pickList(report, {
		picker: asker,
		maxAgeDays: parameters.number(maxAgeDays),
		now: systemClock.now(),
	});
	const asking = { parameters, picker: asker, reportedAt: report?.reportedAt ?? '', list };
	return stepIn(parameters) === 'list' ? listed(context, asking) : requested(context, asking);
}

function listed(context: IExecuteFunctions, { list, reportedAt }: Asking): INodeExecutionData[][] {
	const page = list.refusal === undefined ? pickForm(list.seats, reportedAt).page : refusalPage(list.refusal);
	return [[], [itemOf({ page, seats: list.seats.length }, pairedWithAll(context.getInputData()))], []];
}

function requested(context: IExecuteFunctions, asking: Asking): INodeExecutionData[][] {
	const { parameters, picker: asker } = asking;
	const all = approversIn(parameters);
	const hours = parameters.number(expireHours);
	const seats = chosenIn(asking);
	// A person who left the page without an answer has picked nothing.
	if (seats.length === 0) return [[], [], []];
	const asked = askedApprovers(all, { picker: asker, seats });
	const about = { picker: asker, expireHours: hours, execution: context.getExecutionId(), now: systemClock.now() };
	const rows = seatRequest(seats, about);
	const [first] = rows;
	const told = { requestedBy: first?.requestedBy ?? '', expiresAt: first?.dueAt ?? '' };
	const mail: IDataObject = { ...seatRequestMail(seats, asked, told) };
	const paired = pairedWithAll(context.getInputData());
	return [changeItems(rows, paired), [], [itemOf(mail, paired)]];
}

/** @throws ScimError `invalidInput` for an entry that the page did not show */
function chosenIn({ parameters, reportedAt, list }: Asking): PickableSeat[] {
	const { seats, unknown } = pickedSeats(pickForm(list.seats, reportedAt), parameters.raw(chosenSeats.name));
	const [first] = unknown;
	if (first === undefined) return seats;
	throw new ScimError(
		'invalidInput',
		`The form gave back a seat that it did not show: ${first}. Nothing was asked for.`,
		'Open the form again and pick from its list.',
	);
}
