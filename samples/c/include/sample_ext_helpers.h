// Section sample_ext: programs of the sample extension (samples/sampleext).
#pragma once

#include "bpf_helpers_platform.h"

typedef struct _sample_program_context
{
    uint8_t *data_start;
    uint8_t *data_end;
    uint32_t uint32_data;
    uint16_t uint16_data;
    uint32_t helper_data_1;
    uint32_t helper_data_2;
} sample_program_context_t;

BPF_HELPER(
    int64_t, sample_ebpf_extension_helper_function1, EBPF_MAX_GENERAL_HELPER_FUNCTION + 1, (sample_program_context_t * context));

// The offset of a pattern in a buffer, or -1.
BPF_HELPER(
    int64_t, sample_ebpf_extension_find, EBPF_MAX_GENERAL_HELPER_FUNCTION + 2,
    (void *buffer, size_t size, void *pattern, size_t pattern_size));

// Overwrites part of a buffer with a string.
BPF_HELPER(
    int64_t, sample_ebpf_extension_replace, EBPF_MAX_GENERAL_HELPER_FUNCTION + 3,
    (void *buffer, size_t size, int64_t position, void *replacement, size_t replacement_size));

// The kernel passes the context to these on its own.
BPF_HELPER(int64_t, sample_ebpf_extension_helper_implicit_1, EBPF_MAX_GENERAL_HELPER_FUNCTION + 4, (void));
BPF_HELPER(int64_t, sample_ebpf_extension_helper_implicit_2, EBPF_MAX_GENERAL_HELPER_FUNCTION + 5, (uint32_t argument));
