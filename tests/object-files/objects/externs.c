// What the kernel has: a function with the module that provides it, a weak variable.
#include "bpf.h"

extern int provided(u64 key, void* value)
    __attribute__((section(".ksyms"))) __attribute__((btf_decl_tag("module_id:{8f6c1f83-ce4c-4b58-8b91-654a29e23b7c}")));
extern const void optional __attribute__((section(".ksyms"), weak));

SEC("bind") int ask(struct context* ctx)
{
    u64 value = 0;
    return &optional ? 1 : provided(ctx->port, &value);
}
