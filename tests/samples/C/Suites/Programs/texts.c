// What programs print, and the helpers for memory and strings. The results are the numbers of the checks that failed, or 0.

#include "bpf_helpers.h"

#define CHECK(number, condition)                                                                                             \
    if (!(condition))                                                                                                        \
    {                                                                                                                        \
        return number;                                                                                                       \
    }

SEC("bind/print")
int print(bind_md_t *context)
{
    long result = bpf_printk("Good morning");
    result += bpf_printk("Good morning\n");
    result += bpf_printk("process %u", context->process_id);
    result += bpf_printk("process %llu, protocol %u", context->process_id, context->protocol);
    result += bpf_printk("%u and %u and %u", 1, 2, 3);
    result += bpf_printk("50%% done");

    // None of these is allowed.
    result += bpf_printk("too %u few");
    result += bpf_printk("too many", 1);
    result += bpf_printk("no string: %s", 1);
    return (int)result;
}

SEC("bind/memory")
int memory(bind_md_t *context)
{
    char from[16] = "0123456789abcde";
    char to[16] = {0};
    CHECK(1, bpf_memcpy_s(to, sizeof(to), from, sizeof(from)) == 0)
    CHECK(2, bpf_memcmp_s(to, sizeof(to), from, sizeof(from)) == 0)
    bpf_memset(to, 4, 'x');
    CHECK(3, to[3] == 'x' && to[4] == '4')
    CHECK(4, bpf_memcmp_s(to, sizeof(to), from, sizeof(from)) > 0)
    CHECK(5, bpf_memmove_s(to + 1, 15, to, 8) == 0)
    CHECK(6, to[1] == 'x' && to[8] == '7' && to[9] == '9')
    CHECK(7, bpf_memcpy_s(to, 4, from, 8) < 0)
    CHECK(8, bpf_csum_diff(from, 4, from, 4, 0) >= 0)
    CHECK(9, bpf_csum_diff(from, 3, from, 4, 0) < 0)
    return 0;
}

SEC("bind/strings")
int strings(bind_md_t *context)
{
    char text[16] = {0};
    CHECK(1, bpf_strncpy_s(text, sizeof(text), "sun", 4) == 0)
    CHECK(2, bpf_strnlen_s(text, sizeof(text)) == 3)
    CHECK(3, bpf_strncat_s(text, sizeof(text), "day morning", 3) == 0)
    CHECK(4, bpf_strnlen_s(text, sizeof(text)) == 6)
    CHECK(5, bpf_memcmp_s(text, 7, "sunday", 7) == 0)
    CHECK(6, bpf_strnlen_s(text, 2) == 2)
    CHECK(7, bpf_strncpy_s(text, 3, "morning", 7) != 0)
    return 0;
}

struct facts
{
    uint64_t cpu;
    uint64_t boot;
    uint64_t boot_again;
    uint64_t now;
    uint64_t milliseconds;
    uint64_t process_and_thread;
    uint32_t random[2];
};

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, struct facts);
    __uint(max_entries, 1);
} facts SEC(".maps");

SEC("bind/ask")
int ask(bind_md_t *context)
{
    uint32_t zero = 0;
    struct facts asked = {
        .cpu = bpf_get_smp_processor_id(),
        .boot = bpf_ktime_get_boot_ns(),
        .boot_again = bpf_ktime_get_boot_ns(),
        .now = bpf_ktime_get_ns(),
        .milliseconds = bpf_ktime_get_ms(),
        .process_and_thread = bpf_get_current_pid_tgid(),
        .random = {bpf_get_prandom_u32(), bpf_get_prandom_u32()},
    };
    return bpf_map_update_elem(&facts, &zero, &asked, BPF_ANY);
}
