// What Linux loads as it is: no helpers, no context, and nothing that its verifier rewrites. Its bpftool lists this program as the one here does.
#include "bpf.h"

volatile u64 total = 7;
volatile u32 steps[4] = {1, 2, 3, 4};
const volatile int limit = -9;

static __noinline u64 mix(u64 seed, int by)
{
    for (int i = 0; i < 4; i++)
    {
        seed = (seed << by) ^ (seed >> 7);
        steps[i] += (u32)seed;
    }

    return __builtin_bswap32((u32)seed) | (seed & 0xff00);
}

static __noinline int classify(int value)
{
    if (value > limit && (value & 6))
        return -(int)((unsigned)value / 3);
    return (unsigned)value % 10 <= 4 ? 1 : value * 5;
}

SEC("xdp")
int list_me(void* context)
{
    u64 seen = __sync_fetch_and_add(&total, 3);
    __sync_fetch_and_or(&total, seen);
    if (__sync_val_compare_and_swap(&total, seen, 1) == seen)
        __sync_lock_test_and_set(&total, 2);
    *(volatile u8*)&steps[1] = 9;
    *(volatile unsigned short*)&steps[2] = (unsigned short)seen;
    return (int)mix(seen, 3) > classify((int)seen) ? 2 : 1;
}
