// No sections, no debug information: the functions that nothing calls are the programs.
#include "bpf.h"

__noinline int called(int x) { return x + 1; }

int one(struct context* ctx) { return called(ctx->port); }

int two(struct context* ctx) { return 2; }
