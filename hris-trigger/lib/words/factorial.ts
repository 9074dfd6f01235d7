import { each, type Words } from '../words';

const WRITTEN = ['create', 'update', 'delete'];

/**
 * Three generations of names for the same events: `employee_created`, `Employees::Events::EmployeeCreated`
 * and `employees/employee/create_with_contract`. The last one has no plain `create`.
 */
const people = {
	...each('', ['employee_created', 'Employees::Events::EmployeeCreated'], 'hired'),
	...each('employees/employee/', ['create_with_contract', 'create'], 'hired'),
	...each('', ['employee_updated', 'Employees::Events::EmployeeUpdated'], 'changed'),
	...each('employees/employee/', ['update', 'set_regular_access_start_date'], 'changed'),
	...each('', ['employee_terminated', 'Employees::Events::EmployeeTerminated'], 'leaving'),
	'employees/employee/terminate': 'leaving',
	...each('', ['employee_unterminated', 'Employees::Events::EmployeeUnterminated'], 'leaverCancelled'),
	'employees/employee/unterminate': 'leaverCancelled',
	...each('', ['contract_version_created', 'Contracts::Events::ContractVersionCreated'], 'changed'),
	...each('contracts/contract_version/', WRITTEN, 'changed'),
} as const;

/** An invitation to Factorial itself. */
const quietBefore2025 = {
	...each('', ['employee_invited', 'Authentication::Events::AccessInvited'], 'quiet'),
	...each('attendance_', ['clockin', 'clockout'], 'quiet'),
	...each('attendance_shift_', ['created', 'updated', 'deleted'], 'quiet'),
	...each('ats_application_', ['created', 'updated'], 'quiet'),
	...each('ats_job_posting_', ['created', 'updated', 'deleted'], 'quiet'),
	...each('timeoff_leave_', ['created', 'destroyed', 'updated', 'approved', 'rejected'], 'quiet'),
	...each('shift_management_shift_', ['destroyed', 'bulk_destroyed'], 'quiet'),
	...each('', ['document_created', 'task_created'], 'quiet'),
	...each('Attendance::Events::', ['ClockIn', 'ClockOut'], 'quiet'),
	...each('Attendance::Events::AttendanceShift', ['Created', 'Updated', 'Deleted'], 'quiet'),
	...each('Ats::Events::Application', ['Created', 'Updated'], 'quiet'),
	...each('Ats::Events::JobPosting', ['Created', 'Updated', 'Deleted'], 'quiet'),
	...each('Timeoff::Events::Leave', ['Created', 'Destroyed', 'Updated', 'Approved', 'Rejected'], 'quiet'),
	...each('', ['Documents::Events::Created', 'Tasks::Events::Created'], 'quiet'),
	...each('Payroll::Events::Supplement', ['Created', 'Updated', 'Deleted'], 'quiet'),
} as const;

const quiet = {
	'employees/employee/invite': 'quiet',
	...each('api_public/webhook_subscription/', WRITTEN, 'quiet'),
	...each('ats/application/', ['apply', 'create_from_employee', ...WRITTEN], 'quiet'),
	...each('ats/candidate/', WRITTEN, 'quiet'),
	'ats/evaluation_form/save_as_template': 'quiet',
	...each('ats/job_posting/', ['duplicate', ...WRITTEN], 'quiet'),
	...each(
		'attendance/shift/',
		['autofill', 'break_end', 'break_start', 'clock_in', 'clock_out', 'toggle_clock', ...WRITTEN],
		'quiet',
	),
	'banking/bank_account_number/upsert': 'quiet',
	'bookkeepers_management/incidence/update': 'quiet',
	'companies/legal_entity/create': 'quiet',
	...each(
		'contracts/contract_version_request/',
		['approve', 'create_promote_request', 'delete', 'reject'],
		'quiet',
	),
	'custom_resources/schema/create': 'quiet',
	...each(
		'documents/document/',
		['bulk_create', 'move_to_trash_bin', 'restore_from_trash_bin', ...WRITTEN],
		'quiet',
	),
	...each('documents/folder/', ['create', 'update'], 'quiet'),
	...each('expenses/expensable/', ['bulk_set_to_paid', 'update_reimbursable_amount'], 'quiet'),
	...each('finance/cost_center/', ['create', 'delete', 'edit'], 'quiet'),
	...each('locations/location/', WRITTEN, 'quiet'),
	'payroll/policy_period/change_status': 'quiet',
	...each('payroll/supplement/', WRITTEN, 'quiet'),
	...each('payroll_integrations_base/code/', WRITTEN, 'quiet'),
	...each(
		'performance/review_process/',
		[
			'create',
			'create_from_template',
			'delete',
			'duplicate',
			'remind_in_bulk',
			'remove_schedule',
			'reopen',
			'schedule',
			'start',
			'stop',
			'toggle_archive',
			'update_agreements_configuration',
			'update_basic_info',
			'update_competencies_assessments_configuration',
			'update_deadline',
			'update_employee_score_configuration',
			'update_reviewer_strategies',
			'update_schedule',
			'update_target_strategy',
		],
		'quiet',
	),
	...each('shift_management/shift/', ['bulk_create', 'bulk_delete', 'create', 'delete'], 'quiet'),
	...each(
		'tasks/task/',
		['bulk_create', 'bulk_delete', 'bulk_update', 'copy', 'create_comment', ...WRITTEN],
		'quiet',
	),
	...each('teams/membership/', ['bulk_upsert', ...WRITTEN], 'quiet'),
	...each('teams/team/', ['project', ...WRITTEN], 'quiet'),
	...each('timeoff/blocked_period/', WRITTEN, 'quiet'),
	...each('timeoff/leave/', ['approve', 'reject', ...WRITTEN], 'quiet'),
	...each('timeoff/leave_type/', ['create', 'update'], 'quiet'),
	...each('timeoff/policy/', WRITTEN, 'quiet'),
	...each('trainings/category/', ['create', 'delete'], 'quiet'),
	...each(
		'trainings/training/',
		['bulk_delete', 'bulk_update_catalog', 'update_status', ...WRITTEN],
		'quiet',
	),
	...each('work_schedule/schedule/', ['create', 'toggle_archive', 'update'], 'quiet'),
} as const;

export const factorialWords: Words = {
	pages: [
		'https://apidoc.factorialhr.com/docs/manage-webhooks',
		'https://apidoc.factorialhr.com/reference/post_v1-core-webhooks',
		'https://apidoc.factorialhr.com/reference/post_v2-core-webhooks',
	],
	meanings: { ...people, ...quietBefore2025, ...quiet },
};
