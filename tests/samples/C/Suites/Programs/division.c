// Division and remainder by a number that is 0.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

SEC("sample_ext")
int divide(sample_program_context_t *context)
{
    uint32_t divisor = context->uint32_data;
    uint64_t wide = context->helper_data_1;
    return (100 / divisor) + (uint32_t)(1000 % wide) + (uint32_t)(200 / wide);
}
