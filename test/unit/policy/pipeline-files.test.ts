import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../tools/setup/paths.mjs';
import { newFolder } from '../new-folder';

// Pulumi's own, without declarations.
const { load } = require('js-yaml') as { load(text: string): unknown };

const folder = path.join(root, 'examples', 'ci');
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
const scripts = readdirSync(path.join(folder, 'scripts')).filter((name) => /^(?!common).*\.sh$/.test(name));

interface Step {
  run?: string;
  uses?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}
interface Job {
  if?: string;
  permissions?: Record<string, string>;
  environment?: string;
  concurrency?: { group: string; 'cancel-in-progress'?: boolean };
  env?: Record<string, string>;
  needs?: string;
  steps: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  concurrency?: object;
  env: Record<string, string>;
  jobs: Record<string, Job>;
}

describe('the workflow for GitHub', () => {
  const file = '.github/workflows/webex-wholesale.yml';
  const text = read(file);
  const workflow = load(text) as Workflow;
  const { preview, comment, up, drift } = workflow.jobs as Record<'preview' | 'comment' | 'up' | 'drift', Job>;
  const jobs = Object.values(workflow.jobs);
  const secretsIn = (value: unknown) => JSON.stringify(value ?? {}).match(/secrets\.\w+/g) ?? [];

  it('lets no pull request stand in the queue of the deployments, and cancels no deployment', () => {
    expect(workflow.concurrency).toBeUndefined();
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub
    expect(preview.concurrency?.group).toBe('webex-preview-${{ github.event.pull_request.number }}');
    expect(up.concurrency).toEqual({ group: 'webex-production', 'cancel-in-progress': false });
    const groups = jobs.map(({ concurrency }) => concurrency?.group).filter((group) => group !== undefined);
    expect(new Set(groups).size).toBe(groups.length);
  });

  it('gives secrets to the one step that needs them, in jobs with an environment of their own', () => {
    expect(secretsIn(workflow.env)).toEqual([]);
    for (const job of jobs) {
      expect(secretsIn(job.env)).toEqual([]);
      const withSecrets = job.steps.filter((step) => secretsIn(step).length > 0);
      expect(withSecrets.length).toBe(job === comment ? 0 : 1);
      for (const { run, env } of withSecrets) {
        expect(run).toMatch(/scripts\/(preview|up|drift)\.sh$/);
        const { REPORT_FILE, ...secrets } = env ?? {};
        for (const value of Object.values(secrets)) expect(value).toMatch(/^\$\{\{ secrets\.\w+ \}\}$/);
      }
    }
    expect([preview.environment, up.environment, drift.environment]).toEqual([
      'webex-preview',
      'webex-production',
      'webex-drift',
    ]);
    expect(preview.if).toContain('head.repo.full_name == github.repository');
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
  });

  it('may write in one job only, which runs nothing of the change', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of [preview, up, drift]) expect(job.permissions).toEqual({ contents: 'read' });
    expect(comment.permissions).toEqual({ 'pull-requests': 'write' });
    expect(comment.steps.some(({ uses }) => uses?.startsWith('actions/checkout'))).toBe(false);
    // An expression in a command is pasted into it: values of the change come by variables.
    for (const { run } of jobs.flatMap(({ steps }) => steps)) expect(run ?? '').not.toContain('${{');
  });

  it('pins each action by its commit, notes its version, and leaves no credentials in a checkout', () => {
    const actions = text.match(/uses: .*/g) ?? [];
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const steps = jobs.flatMap((job) => job.steps);
    for (const { uses, with: given } of steps) {
      if (uses?.startsWith('actions/checkout')) expect(given).toMatchObject({ 'persist-credentials': false });
    }
  });

  it('judges with what the base branch has', () => {
    for (const [job, ref] of [
      [preview, 'github.event.pull_request.base.sha'],
      [up, 'github.event.before'],
    ] as const) {
      const [base, change] = job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout'));
      expect(base?.with).toMatchObject({ ref: `\${{ ${ref} }}`, path: 'base' });
      expect(change?.with).toMatchObject({ path: 'change' });
      expect(change?.with).not.toHaveProperty('ref');
      const runs = job.steps.filter(({ run }) => run?.includes('scripts/'));
      expect(runs).toEqual([expect.objectContaining({ 'working-directory': 'change' })]);
      expect(runs[0]?.run).toMatch(/^\.\.\/base\/scripts\//);
    }
  });

  it('shows a report that its own script wrote, never a file that came with the change', () => {
    for (const job of [preview, up]) {
      const script = job.steps.find(({ run }) => run?.includes('scripts/'));
      expect(script?.env?.REPORT_FILE).toBe('$\u007b{ github.workspace }}/report.md');
    }
    const upload = preview.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact'));
    expect(upload?.with).toMatchObject({ path: 'report.md' });
    expect(up.steps.at(-1)?.run).toBe('test ! -f report.md || cat report.md >> "$GITHUB_STEP_SUMMARY"');
  });

  it('runs no install script, and every script of the example', () => {
    const runs = jobs.flatMap(({ steps }) => steps.map(({ run }) => run ?? ''));
    for (const run of runs) expect(run).not.toMatch(/npm (ci|install)(?! --ignore-scripts)/);
    expect(
      runs
        .filter((run) => run.includes('scripts/'))
        .map((run) => path.basename(run))
        .sort(),
    ).toEqual(scripts);
  });
});

describe('the pipeline for GitLab', () => {
  const text = read('.gitlab-ci.yml');
  interface GitLabJob {
    script?: string[];
    extends?: string;
    environment?: string;
    resource_group?: string;
    interruptible?: boolean;
    variables?: Record<string, string>;
  }
  const pipeline = load(text) as Record<'preview' | 'up' | 'drift', GitLabJob> & {
    default: { image: string; before_script?: string[] };
    workflow: { rules: { auto_cancel?: { on_new_commit: string } }[] };
    '.judged-by-the-base': { before_script: string[] };
  };
  const { preview, up, drift } = pipeline;

  it('lets no merge request stand in the queue of the deployments, and cancels no deployment', () => {
    expect(preview.resource_group).toBe('webex-preview-$CI_MERGE_REQUEST_IID');
    expect(up).toMatchObject({ resource_group: 'webex-production', interruptible: false });
    expect(pipeline.workflow.rules.at(-1)?.auto_cancel).toEqual({ on_new_commit: 'none' });
  });

  it('has a version for its image, no token of GitLab, and an environment for each job with secrets', () => {
    expect(pipeline.default.image).toMatch(/^[\w/-]+:\d+\.\d+\.\d+(@sha256:[0-9a-f]{64})?$/);
    expect(text).not.toMatch(/curl|PRIVATE-TOKEN|GITLAB_TOKEN|:latest/);
    expect(pipeline.default.before_script).toBeUndefined();
    const environments = [preview, up, drift].map(({ environment }) => environment);
    expect(environments).toEqual(['webex-preview', 'webex-production', 'webex-drift']);
  });

  it('shows no report that came with the change', () => {
    expect(pipeline['.judged-by-the-base'].before_script[0]).toBe('rm -rf report.md');
  });

  it('judges with what the base branch has', () => {
    expect(pipeline['.judged-by-the-base'].before_script.join('\n')).toContain('git fetch --depth 1 origin "$BASE"');
    expect([preview.variables?.BASE, up.variables?.BASE]).toEqual([
      '$CI_MERGE_REQUEST_TARGET_BRANCH_NAME',
      '$CI_COMMIT_BEFORE_SHA',
    ]);
    for (const job of [preview, up]) expect(job.extends).toBe('.judged-by-the-base');
    const commands = [preview, up, drift].flatMap(({ script }) => script ?? []);
    expect(commands).toEqual(['../base/scripts/preview.sh', '../base/scripts/up.sh', 'scripts/drift.sh']);
  });
});

describe('the files beside the pipelines', () => {
  it('can be run', () => {
    expect(scripts).toEqual(['drift.sh', 'preview.sh', 'up.sh']);
    for (const name of scripts) accessSync(path.join(folder, 'scripts', name), constants.X_OK);
  });

  it('copies all of a roster that is a folder with subfolders, and nothing else', () => {
    const change = newFolder();
    const files = ['roster.yaml', 'users.csv', 'customers/pizza.yml', 'customers/more/acme.JSON'];
    for (const file of [...files, 'run.sh', 'node_modules/x/package.json', '.hidden/x.yaml', 'customers/.x.yaml']) {
      mkdirSync(path.join(change, 'roster', path.dirname(file)), { recursive: true });
      writeFileSync(path.join(change, 'roster', file), '');
    }
    const script = `source ${path.join(folder, 'scripts', 'common.sh')}; copy_of_roster "$ROSTER" && cd "$temporary/change/roster" && find . -type f`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: change,
      env: { ...process.env, ROSTER: 'roster' },
      encoding: 'utf8',
    });
    expect([stdout.trim().split('\n').sort(), stderr]).toEqual([files.map((file) => `./${file}`).sort(), '']);
  });

  it('has owners: pipelines, scripts, packages and the configuration of the policies', () => {
    const owned = read('CODEOWNERS')
      .match(/^(?:# )?\/\S+/gm)
      ?.map((line) => line.replace('# ', ''));
    for (const entry of [
      '/.github/',
      '/.gitlab-ci.yml',
      '/scripts/',
      '/package-lock.json',
      '/policy-config.json',
      '/CODEOWNERS',
    ])
      expect(owned).toContain(entry);
  });
});
