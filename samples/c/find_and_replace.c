// Helpers of an extension: looks for a word in the data and writes another over it. The words are in a map.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

#define WORD_SIZE 32

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __uint(value_size, WORD_SIZE);
    __uint(max_entries, 2);
} words SEC(".maps");

SEC("sample_ext")
int find_and_replace(sample_program_context_t *context)
{
    uint32_t sought = 0;
    uint32_t replacement = 1;
    char *from = bpf_map_lookup_elem(&words, &sought);
    char *to = bpf_map_lookup_elem(&words, &replacement);
    size_t size = context->data_end - context->data_start;
    if (!from || !to || size == 0)
    {
        return -1;
    }

    int64_t position = sample_ebpf_extension_find(context->data_start, size, from, WORD_SIZE);
    if (position < 0)
    {
        return -1;
    }

    return sample_ebpf_extension_replace(context->data_start, size, position, to, WORD_SIZE);
}

char _license[] SEC("license") = "MIT";
