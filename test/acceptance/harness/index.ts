// What an acceptance test imports.
export { Preview, type PreviewDiagnostic, type PreviewStep } from './preview';
export { Run } from './run';
export { type Answer, type RequestCounts, TestSimulator } from './simulator';
export { createWorkspace, type StackExport, type Workspace, type WorkspaceOptions } from './workspace';
