import { type z } from 'zod';
import {
  completeFileRequest, completeFileResponse, confirmSegmentsRequest, confirmSegmentsResponse, fileStatusResponse,
  presignSegmentsRequest, presignSegmentsResponse, reserveFileRequest, reserveFileResponse,
} from './contracts';
import { type ErrorCode } from './errors';
import { healthResponse } from './health';
import { receiptResponse } from './receipt';
import { uploadKeyResponse } from './upload-key';

export type ApiOperation = {
  readonly method: 'get' | 'post' | 'delete';
  /** With its parts in braces, as OpenAPI writes it. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly auth: 'session_or_upload_key' | 'upload_key' | 'public';
  readonly query?: readonly { readonly name: string; readonly description: string; readonly values: readonly string[] }[];
  readonly request?: z.ZodType;
  readonly success: { readonly status: number; readonly description: string; readonly schema?: z.ZodType };
  /** Codes that this operation answers with besides those that every operation may. */
  readonly errors: readonly ErrorCode[];
};

const GATE: readonly ErrorCode[] = ['case_closed', 'policy_not_accepted', 'policy_outdated', 'nda_required'];
const BODY: readonly ErrorCode[] = ['body_not_json', 'unsupported_media_type', 'body_too_large', 'validation_failed'];

/** Codes that any operation with authentication may answer with. */
export const COMMON_ERRORS: readonly ErrorCode[] = ['unauthenticated', 'upload_key_invalid', 'cross_origin', 'not_found', 'not_ready', 'internal'];

/** The HTTP contract, version 1, operation by operation: the OpenAPI document is made from it, and a test holds the routes to it. */
export const API_OPERATIONS: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/api/v1/cases/{reference}/files',
    id: 'reserveFile',
    summary: 'Reserve a file: its name, kind and size, and how it is cut into segments.',
    auth: 'session_or_upload_key',
    request: reserveFileRequest,
    success: { status: 201, description: 'The file is reserved. With the same clientFileId the first reservation is answered again.', schema: reserveFileResponse },
    errors: [...BODY, ...GATE, 'too_many_files', 'conflict'],
  },
  {
    method: 'post',
    path: '/api/v1/files/{fileId}/segments',
    id: 'presignSegments',
    summary: 'Announce segments and get a URL for each, for one PUT within 15 minutes. Send every header of the answer as it is.',
    auth: 'session_or_upload_key',
    request: presignSegmentsRequest,
    success: { status: 200, description: 'For each segment a URL, or that it is stored already.', schema: presignSegmentsResponse },
    errors: [...BODY, ...GATE, 'file_wrong_state', 'segment_out_of_range', 'segment_conflict', 'storage_unavailable'],
  },
  {
    method: 'post',
    path: '/api/v1/files/{fileId}/segments/stored',
    id: 'confirmSegments',
    summary: 'Have the portal look in storage for segments that were sent, also after a PUT that was answered with 412.',
    auth: 'session_or_upload_key',
    request: confirmSegmentsRequest,
    success: { status: 200, description: 'Which are stored and which are missing.', schema: confirmSegmentsResponse },
    errors: [...BODY, 'file_wrong_state', 'storage_unavailable'],
  },
  {
    method: 'get',
    path: '/api/v1/files/{fileId}',
    id: 'getFileStatus',
    summary: 'Where a file stands, and what a client needs to go on with it.',
    auth: 'session_or_upload_key',
    success: { status: 200, description: 'The file and its segments.', schema: fileStatusResponse },
    errors: [],
  },
  {
    method: 'post',
    path: '/api/v1/files/{fileId}/complete',
    id: 'completeFile',
    summary: 'Say that every segment was sent. The portal looks for each of them itself.',
    auth: 'session_or_upload_key',
    request: completeFileRequest,
    success: { status: 200, description: 'The file is stored; it is read back next.', schema: completeFileResponse },
    errors: [...BODY, 'segments_missing', 'segment_out_of_range', 'file_wrong_state', 'conflict', 'storage_unavailable'],
  },
  {
    method: 'delete',
    path: '/api/v1/files/{fileId}',
    id: 'abandonFile',
    summary: 'Give an unfinished upload up; what was stored of it is deleted. A key gives up what keys began, not what a person began.',
    auth: 'session_or_upload_key',
    success: { status: 204, description: 'The upload is abandoned.' },
    errors: ['file_wrong_state'],
  },
  {
    method: 'get',
    path: '/api/v1/files/{fileId}/receipt',
    id: 'getReceipt',
    summary: 'The signed receipt of a verified file. `part` gives the exact signed bytes, or the signature, for checking offline.',
    auth: 'session_or_upload_key',
    query: [{ name: 'part', description: 'One part of the receipt as a file.', values: ['payload', 'signature'] }],
    success: { status: 200, description: 'The receipt.', schema: receiptResponse },
    errors: ['validation_failed'],
  },
  {
    method: 'get',
    path: '/api/v1/upload-key',
    id: 'describeUploadKey',
    summary: 'What an upload key is for: its case, until when it works, the limits, and the unfinished files of the case that it may go on with.',
    auth: 'upload_key',
    success: { status: 200, description: 'The key tells the case.', schema: uploadKeyResponse },
    errors: [],
  },
  {
    method: 'get',
    path: '/api/v1/openapi.json',
    id: 'getOpenApi',
    summary: 'This document.',
    auth: 'public',
    success: { status: 200, description: 'The OpenAPI document.' },
    errors: [],
  },
  {
    method: 'get',
    path: '/api/health',
    id: 'getHealth',
    summary: 'Whether database, storage and migrations are right; 503 with the part that is not otherwise.',
    auth: 'public',
    success: { status: 200, description: 'The portal is ready.', schema: healthResponse },
    errors: [],
  },
];
