// The general helpers: those that programs of each type can call, unless the type says otherwise. A result below zero is an error.
#pragma once

#include "bpf_helpers_platform.h"

// Maps. A lookup returns the address of the value in the map, or NULL; of a per-CPU map, this processor's value.
BPF_HELPER(void *, bpf_map_lookup_elem, 1, (void *map, const void *key));
BPF_HELPER(int64_t, bpf_map_update_elem, 2, (void *map, const void *key, const void *value, uint64_t flags));
BPF_HELPER(int64_t, bpf_map_delete_elem, 3, (void *map, const void *key));
BPF_HELPER(void *, bpf_map_lookup_and_delete_elem, 4, (void *map, const void *key));

// Queues and stacks.
BPF_HELPER(int64_t, bpf_map_push_elem, 16, (void *map, const void *value, uint64_t flags));
BPF_HELPER(int64_t, bpf_map_pop_elem, 17, (void *map, void *value));
BPF_HELPER(int64_t, bpf_map_peek_elem, 18, (void *map, void *value));

// Continues with another program. It returns only if there is none at the index.
BPF_HELPER(int64_t, bpf_tail_call, 5, (const void *ctx, const void *prog_array_map, uint32_t index));

// Records for user mode.
BPF_HELPER(int, bpf_ringbuf_output, 11, (void *ring_buffer, const void *data, uint64_t size, uint64_t flags));
BPF_HELPER(
    int, bpf_perf_event_output, 32, (const void *ctx, void *perf_event_array, uint64_t flags, const void *data, uint64_t size));

// Time since boot; the helpers with boot in their names include time during which the system was suspended.
BPF_HELPER(uint64_t, bpf_ktime_get_boot_ns, 7, (void));
BPF_HELPER(uint64_t, bpf_ktime_get_ns, 9, (void));
BPF_HELPER(uint64_t, bpf_ktime_get_boot_ms, 30, (void));
BPF_HELPER(uint64_t, bpf_ktime_get_ms, 31, (void));

BPF_HELPER(uint32_t, bpf_get_prandom_u32, 6, (void));
BPF_HELPER(uint64_t, bpf_get_smp_processor_id, 8, (void));

// Who caused the event. The first returns process id << 32 | thread id.
BPF_HELPER(uint64_t, bpf_get_current_pid_tgid, 19, ());
BPF_HELPER(uint64_t, bpf_get_current_logon_id, 20, (const void *ctx));
BPF_HELPER(int32_t, bpf_is_current_admin, 21, (const void *ctx));
BPF_HELPER(int64_t, bpf_get_socket_cookie, 26, (const void *ctx));
BPF_HELPER(uint64_t, bpf_get_current_process_start_key, 33, (void));
BPF_HELPER(int64_t, bpf_get_current_thread_create_time, 34, (void));

// Memory and strings. For sizes that are known at compile time, __builtin_memcpy and its like become plain instructions.
BPF_HELPER(long, bpf_memcpy_s, 22, (void *destination, size_t destination_size, const void *source, size_t source_size));
BPF_HELPER(int, bpf_memcmp_s, 23, (const void *memory1, size_t size1, const void *memory2, size_t size2));
BPF_HELPER(long, bpf_memset, 24, (void *memory, size_t size, int value));
BPF_HELPER(long, bpf_memmove_s, 25, (void *destination, size_t destination_size, const void *source, size_t source_size));
BPF_HELPER(int, bpf_strncpy_s, 27, (char *destination, size_t destination_size, const char *source, size_t count));
BPF_HELPER(int, bpf_strncat_s, 28, (char *destination, size_t destination_size, const char *source, size_t count));
BPF_HELPER(size_t, bpf_strnlen_s, 29, (const char *string, size_t size));
BPF_HELPER(int, bpf_csum_diff, 10, (const void *from, int from_size, const void *to, int to_size, int seed));

#define memcpy(destination, source, size) bpf_memcpy_s(destination, size, source, size)
#define memcmp(memory1, memory2, size) bpf_memcmp_s(memory1, size, memory2, size)
#define memset(memory, value, size) bpf_memset(memory, size, value)
#define memmove(destination, source, size) bpf_memmove_s(destination, size, source, size)
#define memcpy_s bpf_memcpy_s
#define memmove_s bpf_memmove_s

// Provided by extensions that have something to redirect to.
BPF_HELPER(intptr_t, bpf_redirect_map, 35, (void *map, uint64_t key, uint64_t flags));

// Text for the trace. One helper for each number of arguments, since a helper has a fixed prototype.
BPF_HELPER(long, bpf_trace_printk2, 12, (const char *format, uint32_t size));
BPF_HELPER(long, bpf_trace_printk3, 13, (const char *format, uint32_t size, uint64_t arg3));
BPF_HELPER(long, bpf_trace_printk4, 14, (const char *format, uint32_t size, uint64_t arg3, uint64_t arg4));
BPF_HELPER(long, bpf_trace_printk5, 15, (const char *format, uint32_t size, uint64_t arg3, uint64_t arg4, uint64_t arg5));

#define BPF_PRINTK_OF(_1, _2, _3, _4, _5, NAME, ...) NAME
#define bpf_trace_printk(...)                                                                                              \
    BPF_PRINTK_OF(__VA_ARGS__, bpf_trace_printk5, bpf_trace_printk4, bpf_trace_printk3, bpf_trace_printk2, )(__VA_ARGS__)

// bpf_printk("port %u", port): a format string and up to three numbers.
#define bpf_printk(format, ...)                                            \
    ({                                                                     \
        char ____format[] = format;                                        \
        bpf_trace_printk(____format, sizeof(____format), ##__VA_ARGS__);   \
    })
