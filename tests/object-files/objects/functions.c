// Calls: static and global functions, in the program's section, in .text and in another section; an address of a function.
#include "bpf.h"

static __noinline int local(int x) { return x * 3; }

__noinline int deepest(int x) { return local(x) + 7; }

__noinline int middle(int x) { return deepest(x) + local(x + 1); }

SEC("shared") static __noinline int in_other_section(int x) { return x ^ 0x55; }

SEC("xdp/first") static __noinline int beside(int x) { return x - 1; }

static int callback(u64 index, void* context) { return 0; }

static long (*const loop)(u32, void*, void*, u64) = (void*)181;

SEC("xdp/first")
int first(struct context* ctx) { return middle(ctx->port) + beside(ctx->port); }

SEC("xdp/second")
int second(struct context* ctx) { return deepest(ctx->port) + in_other_section(ctx->port); }

SEC("xdp/second")
int third(struct context* ctx) { return loop(3, callback, 0, 0); }

__attribute__((weak)) SEC("xdp/second") int weak(struct context* ctx) { return local(ctx->port); }
