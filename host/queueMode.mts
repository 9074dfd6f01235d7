import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from './freePorts.mts';
import { type HostSettings, hostEnvironment } from './hostEnvironment.mts';
import { installPackage } from './installPackage.mts';
import { keptSecret } from './keptSecret.mts';
import { startPostgres } from './postgres.mts';
import { startRedis } from './redis.mts';

export interface QueueServices {
	/** The settings shared by n8n and each of its workers. */
	environment: Record<string, string>;
	stop(): Promise<void>;
}

/** Starts the PostgreSQL and the Redis that n8n and its workers share. */
export async function startQueueServices(folder: string): Promise<QueueServices> {
	const [postgresPort = 0, redisPort = 0] = await freePorts(2);
	const postgres = await startPostgres(folder, postgresPort);
	try {
		const redis = await startRedis(folder, redisPort);
		return {
			environment: {
				...postgres.environment,
				...redis.environment,
				EXECUTIONS_MODE: 'queue',
				// Otherwise executions started by hand would run outside the workers.
				OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
				N8N_ENCRYPTION_KEY: await keptSecret(folder, 'encryption-key'),
			},
			stop: async () => {
				await redis.process.stop();
				await postgres.process.stop();
			},
		};
	} catch (error) {
		await postgres.process.stop();
		throw error;
	}
}

export interface WorkerPlan {
	environment: Record<string, string>;
	/** The address that reports whether it is ready. */
	url: string;
}

/**
 * Gives each worker its own folder with the packages installed, as on separate machines.
 * @param settings of n8n itself, in addition to {@link hostEnvironment}
 */
export async function planWorkers(
	count: number,
	packages: string[],
	common: Omit<HostSettings, 'port' | 'brokerPort'>,
	settings: Record<string, string>,
): Promise<WorkerPlan[]> {
	const plans: WorkerPlan[] = [];
	for (let number = 1; number <= count; number++) {
		const folder = join(common.folder, `worker-${number}`);
		await mkdir(folder, { recursive: true });
		for (const tarball of packages) await installPackage(tarball, folder);
		const [port = 0, brokerPort = 0] = await freePorts(2);
		plans.push({
			url: `http://127.0.0.1:${port}`,
			environment: {
				...hostEnvironment({ ...common, folder, port, brokerPort }),
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(port),
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
				...settings,
			},
		});
	}
	return plans;
}
