import { type HiBob, startHiBob } from '../../../vendors/hiBob.mts';
import { behavesLikeASource } from './sourceBehaviour.mts';
import { daysFromNow, type SourceUnderTest, startSource } from './sourceUnderTest.mts';

const SERVICE_USER = { id: 'SERVICE-1', token: 'emulated-token' };
const id = (number: number) => `33328838840${number}`;

let vendor: HiBob;
let source: SourceUnderTest;

beforeAll(async () => {
	vendor = await startHiBob({ serviceUser: SERVICE_USER });
	source = await startSource({
		name: 'hibob',
		vendor,
		credentials: { httpBasicAuth: { user: SERVICE_USER.id, password: SERVICE_USER.token } },
		// Pauses of a source under test are a fiftieth of what they say.
		settings: { secondsBeforeReading: 15, ownWords: '{ "Sabbatical": "onLeave" }' },
	});
}, 120_000);

afterAll(async () => {
	await source?.stop();
	await vendor?.close();
}, 60_000);

beforeEach(() => {
	vendor.hideFields();
	vendor.lagFor(0);
});

describe('the HiBob source', () => {
	behavesLikeASource({
		source: 'hibob',
		id,
		vendor: () => vendor,
		underTest: () => source,
		words: { active: 'Employed', ended: 'Terminated', notStarted: 'Hired' },
		onLeave: 'Leave',
		endedWithoutDate: 'Terminated',
		requests: { 'the search': /people\/search/ },
		found: {
			displayName: 'Ada Lovelace',
			title: 'Analyst',
			department: 'Engineering',
			employeeNumber: 'E-1',
			managerEmail: 'boss@example.com',
		},
	});

	it("knows a word of the company's own", async () => {
		vendor.staff.setEmployee({ id: id(101), status: 'Sabbatical' });

		const [item] = await source.ask({ ask: 'person', employeeId: id(101) });

		expect(item).toMatchObject({ status: 'onLeave', active: true, statusWord: 'Sabbatical' });
	});

	it('waits until Bob shows what has just been entered', async () => {
		vendor.lagFor(200);
		vendor.staff.terminate(id(101), daysFromNow(-1));

		const [item] = await source.ask({ ask: 'person', employeeId: id(101) });

		expect(item).toMatchObject({ status: 'inactive' });
	});

	it('takes garden leave for having left', async () => {
		vendor.staff.setEmployee({ id: id(101), status: 'Garden leave', endDate: daysFromNow(20) });

		const [item] = await source.ask({ ask: 'person', employeeId: id(101) });

		expect(item).toMatchObject({ status: 'inactive', active: false, endDate: daysFromNow(20) });
	});

	it('fails where the service user may not see where people stand', async () => {
		vendor.hideFields('internal.status', 'internal.lifecycleStatus');

		await expect(source.ask({ ask: 'person', employeeId: id(101) })).rejects.toThrow(
			/allowed to see the lifecycle status/,
		);
	});
});
