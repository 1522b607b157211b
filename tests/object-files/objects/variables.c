// Global variables: .data, .rodata, .bss, sections with names of their own, a string, an unused one.
#include "bpf.h"

int limit = 5;
static volatile u64 total, drops;
const volatile u32 factor = 3;
u32 ceiling SEC(".data.limits") = 100;
u32 seen[4] SEC(".bss.seen");

static long (*const print)(const char*, u32) = (void*)12;

SEC("bind")
int scale(struct context* ctx)
{
    total += ctx->port * factor;
    if (total > ceiling) {
        drops++;
        print("too much", 9);
        return limit;
    }

    seen[2]++;
    limit++;
    return 0;
}
