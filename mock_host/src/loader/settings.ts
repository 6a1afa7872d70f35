import { StartError } from '../errors.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

export interface LoaderSettings {
  readonly bucket: string;
  readonly region: string;
  /** Of a server that behaves like S3; null: S3 itself. */
  readonly endpoint: URL | null;
  /** Hex; of the mock host that was deployed. */
  readonly mockHostSha256: string;
  /** An existing folder. */
  readonly targetFolder: string;
}

/** @throws StartError */
export function readLoaderSettings(variables: Variables): LoaderSettings {
  const endpoint = variables['AWS_ENDPOINT_URL_S3'] || variables['AWS_ENDPOINT_URL'];
  return {
    bucket: needed(variables, 'CONFIG_BUCKET'),
    region: needed(variables, 'AWS_REGION'),
    endpoint: endpoint ? urlOf(endpoint) : null,
    mockHostSha256: needed(variables, 'MOCK_HOST_SHA256'),
    targetFolder: needed(variables, 'TARGET_FOLDER'),
  };
}

function needed(variables: Variables, name: string): string {
  const value = variables[name];
  if (!value) throw new StartError(`${name} is not set. Deploy the environment again.`);
  return value;
}

function urlOf(endpoint: string): URL {
  const url = URL.parse(endpoint);
  if (!url) throw new StartError(`'${endpoint}' is no address of an S3 endpoint. Correct AWS_ENDPOINT_URL_S3.`);
  return url;
}
